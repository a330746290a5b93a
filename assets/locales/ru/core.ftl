### Тексты ядра: уведомления системы и сохранённые файлы. Слова заявок берутся из каталога окон.

# Для атрибута lang сохранённых страниц.
core-lang = ru

## Договоры

core-contract-begins = Договор поддержки действует с { $day }.
core-contract-ends =
    { $days ->
        [0] Последний день договора поддержки: { $day }.
        [1] Завтра последний день договора поддержки: { $day }.
       *[other] Договор поддержки заканчивается { $day }.
    }
core-contract-low = По договору осталось меньше пятой части.
core-contract-spent = Оплаченное по договору израсходовано.
core-renewal = Просят продлить договор поддержки.

## Заявки

core-ticket-made = Новая заявка для вас.
core-ticket-given = Заявку поручили вам.
core-ticket-moved = Статус: { $status }.
core-ticket-moved-words = Статус: { $status }. { $words }
core-ticket-pressed = Срок скоро истечёт.
core-ticket-broken = Срок нарушен.
core-ticket-rated = Оценка клиента: { $stars } из 5.
core-ticket-merged = Продолжение в заявке № { $number }.
core-ticket-file = Заявка { $number }
core-tickets-file = Заявки

## Приглашения на бумаге

core-invites-file = Приглашения
core-invites-title = Приглашения в службу поддержки
core-invites-how = Установите Опору, откройте её и вставьте ссылку целиком или наведите на код камеру.
core-invites-once = Ссылка личная и сработает один раз.
