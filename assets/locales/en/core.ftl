### Texts of the core: native notifications and saved files. A ticket's words are the windows' own.

# For the attribute lang of saved pages.
core-lang = en

## Contracts

core-contract-begins = The support contract is in force since { $day }.
core-contract-ends =
    { $days ->
        [0] Last day of the support contract: { $day }.
        [1] Tomorrow is the last day of the support contract: { $day }.
       *[other] The support contract ends on { $day }.
    }
core-contract-low = A fifth of the contract's allowance or less is left.
core-contract-spent = The contract's allowance is used up.
core-renewal = They ask for the support contract to be renewed.

## Tickets

core-ticket-made = A new ticket for you.
core-ticket-given = The ticket was given to you.
core-ticket-moved = Status: { $status }.
core-ticket-moved-words = Status: { $status }. { $words }
core-ticket-pressed = The term is running out.
core-ticket-broken = The term is broken.
core-ticket-rated = The client's rating: { $stars } of 5.
core-ticket-merged = It goes on in ticket No. { $number }.
core-ticket-file = Ticket { $number }
core-tickets-file = Tickets

## Invites on paper

core-invites-file = Invites
core-invites-title = Invites to the support desk
core-invites-how = Install Opora, open it and paste the whole link, or point a camera at the code.
core-invites-once = The link is personal and works once.
