### Письма. Коротко; из переписки только начало запроса или темы, по которому читающий узнаёт дело.

letter-closing = На это письмо отвечать не нужно: его никто не увидит.
letter-when = Когда присылать такие письма, вы выбираете в настройках Опоры, в разделе «Уведомления».

letter-invite-subject = { $firm }: приглашение в службу поддержки
letter-invite-text =
    Здравствуйте, { $name }.

    Компания «{ $firm }» приглашает вас в свою службу поддержки. Установите программу Opora и откройте в ней эту ссылку, скопировав её целиком:

    { $link }

    Ссылка действует один раз и только для вас. Не пересылайте её: кто откроет её первым, войдёт под вашим именем.

letter-unread-subject = { $firm }: вам ответили — «{ $about }»
letter-unread-text =
    { $from } пишет вам в беседе «{ $about }», ответ ещё не прочитан.

    Чтобы прочитать его и ответить, откройте Опору. { letter-closing }

    { letter-when }

letter-contract-begins = договор { $number } начал действовать
letter-contract-ends =
    { $days ->
        [0] договор { $number } заканчивается сегодня
        [1] договор { $number } заканчивается завтра
        [few] договор { $number } заканчивается через { $days } дня
        [one] договор { $number } заканчивается через { $days } день
       *[many] договор { $number } заканчивается через { $days } дней
    }
letter-contract-low = по договору { $number } осталась пятая часть времени или меньше
letter-contract-spent = время по договору { $number } израсходовано
letter-contract-subject = { $firm }: { $what }
letter-contract-text =
    { $organisation }: { $what }.

    Продлить его можно в Опоре: там же видно, до какого дня он действует и сколько осталось.

    { letter-closing }

letter-ticket-name = Заявка № { $number } «{ $subject }»
letter-ticket-answers =
    { $count ->
        [1] есть новое сообщение
        [one] { $count } новое сообщение
        [few] { $count } новых сообщения
       *[many] { $count } новых сообщений
    }
letter-ticket-line = { $name }: { $what }
letter-ticket-subject = { $firm }: { $line }
letter-ticket-digest = { $firm }: ваши заявки за день
letter-ticket-text =
    { $lines }

    Чтобы прочитать и ответить, откройте Опору. { letter-closing }

    { letter-when }

letter-test-subject = { $firm }: почта службы поддержки работает
letter-test-text = Это проверочное письмо. Раз вы его читаете, приглашения и напоминания тоже дойдут.

## Где стоит заявка

letter-status-new = получена
letter-status-in_work = в работе
letter-status-waiting = ждёт ответа клиента
letter-status-solved = решена
letter-status-confirmed = решение подтверждено
letter-status-reopened = возвращена
letter-status-refused = отклонена
