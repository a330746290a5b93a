//! SQLite, and what is its own.

use opora_desk::store::{Store, StoreError};
use opora_desk_store::SqliteStore;
use opora_domain::role::Role;
use opora_runtime::Rng;
use opora_wire::OpBody;

use crate::{
    office::{Engine, Office, TestResult},
    suite,
};

struct Sqlite;

impl Engine for Sqlite {
    type Store = SqliteStore;
    type Place = tempfile::TempDir;
    async fn open() -> TestResult<(SqliteStore, tempfile::TempDir)> {
        let folder = tempfile::tempdir()?;
        Ok((SqliteStore::open(&folder.path().join("desk.db"), &Rng::system()).await?, folder))
    }
}

suite!(Sqlite:
    guards::fifty_specialists_race_for_one_request_and_one_has_it,
    guards::nobody_takes_more_than_the_capacity_however_fast,
    guards::an_invite_raced_by_twenty_devices_admits_one,
    guards::a_transaction_that_is_dropped_leaves_nothing_behind,
    contracts::stopped_work_goes_first_only_where_the_contract_says_so,
    contracts::an_expired_customer_is_refused_everything_but_what_stays_allowed,
    contracts::time_is_drawn_in_steps_corrected_not_doubled_and_told_to_both_sides,
    contracts::a_fifth_left_is_told_at_once_and_nothing_left_closes_the_line,
    contracts::requests_are_counted_when_asked_and_given_back_when_taken_back,
    contracts::reminders_are_written_once_however_often_the_desk_looks,
    contracts::without_any_contract_the_owner_decides,
    contracts::only_an_owner_writes_contracts_and_only_sound_ones,
    hours::a_request_of_a_closed_line_waits_with_its_time_and_rings_when_the_line_opens,
    hours::hours_and_a_wish_to_be_called_are_kept_as_they_were_given,
    log::a_reader_by_cursor_misses_nothing_while_eight_write,
    log::a_right_shows_its_stream_from_its_first_number_on,
    log::an_opened_stream_is_told_with_its_head_after_the_commit,
    simulation::a_random_day_keeps_every_promise_and_can_be_played_again,
    log::pages_of_any_size_make_the_same_whole,
    rights::nobody_succeeds_where_the_table_of_rights_says_no,
    device::a_further_device_comes_in_by_the_word_of_the_first,
    device::a_word_that_is_not_the_devices_own_is_refused,
    device::a_link_ends_with_its_time_and_with_the_device_that_made_it,
    device::a_revoked_device_is_out_at_once_and_for_ever,
    device::a_new_invite_is_asked_for_customers_only,
    rights::outside_a_contracts_dates_only_what_the_table_names_is_refused,
    structure::what_is_said_twice_is_said_once,
    structure::only_the_owner_changes_clients_and_supervisors_move_their_people,
    structure::one_tax_number_is_one_organisation,
    structure::oleg_belongs_as_long_as_his_dates_say,
    structure::a_responsible_customer_sees_what_colleagues_ask,
    structure::the_firm_reads_organisations_old_and_new,
    structure::the_store_finds_the_own_specialist_of_the_rule,
    structure::a_person_moves_from_one_organisation_to_another,
    structure::vera_becomes_a_supervisor_and_a_specialist_again,
    structure::a_role_that_the_invite_certifies_is_not_changed_and_the_owner_stays,
    structure::anna_asks_for_the_second_of_her_organisations,
    known_bugs::two_specialists_never_both_have_one_client,
    known_bugs::three_is_three_however_many_assign_at_once,
    known_bugs::a_new_request_reaches_who_is_connected,
    known_bugs::a_request_whose_specialist_vanished_is_taken_and_closed_by_another,
    known_bugs::what_somebody_declared_is_changed_by_nobody_else,
    known_bugs::the_own_specialist_is_asked_first_and_not_waited_for_when_gone,
    known_bugs::the_backlog_is_served_in_order_when_somebody_comes,
    known_bugs::who_was_away_for_a_day_gets_every_message,
    known_bugs::presence_heals_by_itself,
    known_bugs::the_same_request_sent_again_is_one_conversation,
    known_bugs::nobody_is_asked_who_is_not_there_and_nobody_writes_after_the_end,
    routing::lunch_takes_its_offer_back_and_ends_by_itself,
    routing::a_hold_frees_a_place_and_the_clients_word_takes_it_back,
    routing::with_full_hands_a_hold_waits_for_room_and_goes_before_the_queue,
    routing::only_the_owner_of_a_talk_holds_it_and_only_the_desks_owner_sets_rules,
    routing::what_the_owner_sets_is_kept_and_changes_the_order_at_once,
    routing::a_line_that_waits_too_long_is_helped_by_the_other_and_the_reason_is_kept,
    reports::the_figures_of_a_day_are_those_reckoned_by_hand,
    reports::a_report_sees_its_line_and_its_period_and_nothing_else,
    reports::the_day_so_far_and_who_is_busy_since_when,
    reports::new_customers_are_counted_with_the_time_they_took,
    supervision::who_only_looks_reads_everything_and_may_do_nothing,
    supervision::what_is_taken_over_moves_once_with_its_load,
    supervision::the_heads_mark_goes_to_the_specialist_and_never_to_the_customer,
    supervision::a_whisper_is_read_by_boris_and_stands_in_the_trail_a_colleagues_note_does_not,
    supervision::who_is_taken_over_from_leaves_and_who_stayed_before_stays,
    supervision::galina_who_left_a_talk_keeps_what_she_had_when_she_looks_in_and_away,
    supervision::boris_stays_as_second_specialist_when_galina_takes_over_and_wants_him_there,
    supervision::an_offer_to_vera_is_overtaken_when_galina_takes_the_talk,
    supervision::a_talk_on_hold_that_changes_hands_frees_nothing_twice_and_is_held_no_longer,
    transfers::boris_owns_the_talk_until_vera_accepts_and_anna_knows_her_name_before,
    transfers::nothing_of_the_history_is_missing_after_a_hand_over,
    transfers::what_goes_back_to_a_queue_lets_its_giver_go_and_is_taken_by_another,
    transfers::boris_goes_off_line_and_gives_the_talk_back_to_its_own_line,
    transfers::a_refused_an_unanswered_and_a_cancelled_offer_leave_the_talk_with_boris_who_can_go_on,
    transfers::a_talk_that_came_back_to_boris_works_as_before,
    transfers::vera_with_full_hands_cannot_accept_and_nothing_moves,
    transfers::an_offer_dies_with_the_talk_it_was_about,
    transfers::boris_who_stays_is_a_second_specialist_and_may_leave_the_owner_may_not,
    invitations::oleg_comes_in_from_a_chosen_message_once_he_has_said_yes_and_a_stranger_is_not_asked,
    invitations::vera_says_why_she_does_not_come_and_reads_nothing_of_the_talk,
    invitations::an_invitation_is_taken_back_lapses_and_dies_with_its_talk,
    invitations::an_invitation_is_nobody_elses_to_answer_or_to_take_back,
    invitations::who_does_not_belong_to_the_client_any_more_does_not_come_in,
    transfers::an_answer_that_was_lost_is_given_again_and_moves_nothing_twice,
    screens::the_session_goes_along_once_anna_has_said_yes_to_vera,
    screens::when_anna_says_no_to_vera_the_talk_is_handed_over_all_the_same,
    screens::boris_notes_the_time_of_his_session_after_the_talk_went_on_with_vera_who_may_not,
    screens::without_a_session_of_the_giver_or_a_free_receiver_nobody_is_asked,
    vendors::the_vendor_reads_what_was_handed_over_and_nothing_else,
    tickets::a_ticket_is_placed_and_its_customer_reads_it_in_a_stream_of_its_own,
    tickets::a_ticket_counts_for_the_organisation_that_was_chosen,
    tickets::a_field_that_is_needed_is_asked_of_programs_that_know_it,
    tickets::a_ticket_goes_where_its_workflow_lets_it_and_not_without_words,
    tickets::who_was_asked_and_answers_sets_the_work_going_again,
    tickets::what_two_people_change_merges_and_the_same_field_is_asked_about,
    tickets::what_the_firm_says_among_itself_reaches_no_client,
    tickets::an_entry_has_one_id_wherever_it_is_read,
    tickets::a_private_ticket_reaches_nobody_elses_device,
    tickets::a_shared_ticket_is_read_by_colleagues_until_it_is_shared_no_longer,
    tickets::who_comes_into_an_organisation_reads_what_it_shares_and_who_leaves_does_not,
    tickets::promises_run_from_the_making_to_the_first_words_and_the_solution,
    tickets::who_hears_of_a_ticket_reads_it_if_it_is_the_clients_and_no_stranger_does,
    tickets::checklists_and_threads_are_the_firms_and_are_said_once,
    tickets::a_merged_ticket_goes_on_in_the_other_and_takes_its_customer_along_within_a_client,
    tickets::news_of_an_error_go_to_everybody_who_joined_it_in_nobodys_name,
    tickets::a_wish_is_voted_for_by_who_sees_it_and_all_learn_how_many_and_not_who,
    tickets::only_its_customer_rates_a_ticket_and_not_before_it_is_over,
    tickets::a_promise_presses_once_before_it_is_broken_and_once_when_it_is,
    tickets::only_what_makes_sense_is_set_up_and_the_same_again_is_no_news,
    ticket_mail::each_stage_is_told_to_the_other_side_and_waits_for_the_morning,
    ticket_mail::a_day_of_changes_is_one_letter_at_the_chosen_minute,
    ticket_mail::who_sees_a_ticket_no_longer_gets_no_letter_of_it_nor_does_anybody_of_the_erased,
    ticket_mail::what_is_chosen_is_kept_as_it_was_given,
    vendors::what_is_settled_is_closed_for_the_vendor_who_still_reads_it,
);

#[tokio::test]
async fn a_file_opened_again_holds_the_same_log_and_the_right_loads() -> TestResult {
    let (store, folder) = Sqlite::open().await?;
    let path = folder.path().join("desk.db");
    // Nothing may be appended behind the back of who has just read the head.
    let office = Office::simulated(store.clone(), 7).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let request = office.ask(&anna).await?;
    office.act(&boris, OpBody::Accept { request, epoch: 0 }).await.map_err(|refusal| format!("{refusal:?}"))?;
    let (epoch, head) = (store.firm().await?.feed_epoch, store.head().await?);
    office.close().await;
    // As after a bug or a restored copy: the count beside the truth is wrong.
    let damage = "UPDATE specialist_load SET active = 3";
    let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect(&format!("sqlite:{}", path.display())).await?;
    sqlx::query(damage).execute(&mut db).await?;
    store.close().await;

    let again = SqliteStore::open(&path, &Rng::system()).await?;
    assert_eq!((again.firm().await?.feed_epoch, again.head().await?), (epoch, head));
    let loads: Vec<u32> = again.servers().await?.iter().map(|server| server.active).collect();
    assert_eq!(loads, [1]);
    Ok(())
}

#[tokio::test]
async fn a_file_of_a_newer_desk_is_left_alone() -> TestResult {
    let (store, folder) = Sqlite::open().await?;
    let path = folder.path().join("desk.db");
    store.close().await;
    let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect(&format!("sqlite:{}", path.display())).await?;
    sqlx::query("UPDATE meta SET version = 9, min_writer = 9").execute(&mut db).await?;
    let refused = SqliteStore::open(&path, &Rng::system()).await;
    assert!(matches!(refused, Err(StoreError::Newer)), "{refused:?}");
    Ok(())
}
