//! Mail: its server, what each person chose, invites.

use opora_domain::{
    PersonId,
    invite::Invite,
    mail::{Address, Choice, Server, Tongue},
    role::Action,
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    mail::{Event, Op},
};

use super::{Doing, Done};
use crate::{
    letters,
    store::{Tx, mail::Letter},
};

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn mail(&mut self, op: Op) -> Done {
        match op {
            Op::SetServer { server, password } => self.set_mail_server(server, password).await,
            Op::Choose { choice } => self.choose_mail(choice).await,
            Op::SendInvite { person, address, tongue, link } => self.send_invite(person, address, tongue, &link).await,
        }
    }

    async fn set_mail_server(&mut self, server: Option<Server>, password: Option<String>) -> Done {
        self.must(Action::Manage)?;
        if let Some(server) = &server {
            server.check(password.as_deref()).map_err(|_| RefusalCode::Invalid)?;
        }
        // A password is for the server that it was typed for: it goes to no other.
        let known = self.tx.mail_server().await?.map(|(known, _)| known);
        let same =
            |known: &Server, new: &Server| (&known.host, known.port, &known.user) == (&new.host, new.port, &new.user);
        let kept = matches!((&known, &server), (Some(known), Some(new)) if same(known, new));
        let password = if kept { password } else { Some(password.unwrap_or_default()) };
        self.tx.set_mail_server(server.as_ref(), password.as_deref()).await?;
        let has_password = self.tx.mail_server().await?.is_some_and(|(_, has)| has);
        self.append(Stream::Supervisors, EventBody::Mail(Event::Server { server, has_password }));
        Ok(OpResult::Done)
    }

    async fn choose_mail(&mut self, choice: Choice) -> Done {
        if !choice.is_sound() {
            return Err(RefusalCode::Invalid.into());
        }
        let me = self.me();
        self.tx.choose_mail(me, &choice).await?;
        self.append(Stream::Person(me), EventBody::Mail(Event::Chosen { choice }));
        Ok(OpResult::Done)
    }

    /// The link is in the letter alone, sealed, until the letter is sent.
    async fn send_invite(&mut self, id: PersonId, address: Address, tongue: Tongue, link: &str) -> Done {
        self.must(Action::Manage)?;
        let person = self.tx.person(id).await?.ok_or(RefusalCode::NotFound)?;
        if self.tx.mail_server().await?.is_none() {
            return Err(RefusalCode::NotFound.into());
        }
        // Only a link to this desk and for this person: nobody sends anything else in the firm's name.
        let invite = Invite::parse(link).map_err(|_| RefusalCode::Invalid)?;
        let known = self.tx.invite(invite.key().verifying_key().into()).await?.ok_or(RefusalCode::InviteUnknown)?;
        if known.person != Some(id) {
            return Err(RefusalCode::Invalid.into());
        }
        if known.device.is_some() {
            return Err(RefusalCode::InviteUsed.into());
        }
        let firm = self.tx.firm().await?.name;
        let (subject, text) = letters::invite(tongue, &firm, &person.name, link);
        let letter = Letter {
            id: self.rng.uuid_v7(self.now),
            key: format!("invite/{}", known.key),
            person: Some(id),
            address,
            subject,
            text,
            written_at: self.now,
            due: self.now,
            attempts: 0,
        };
        if self.tx.queue_letter(&letter).await? {
            self.append(Stream::Supervisors, EventBody::Mail(Event::InviteQueued { person: id }));
        }
        Ok(OpResult::Done)
    }
}
