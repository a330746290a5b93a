### Тексты Опоры. Один каталог для программы и её ядра.
### Коротко, спокойно, точно; без восклицательных знаков.

## Общее

opening = Открываем Опору…
close = Закрыть
cancel = Отмена
back = Назад
hide = Скрыть
stop = Стоп
copy = Скопировать
copied = Скопировано
settings = Настройки
sections = Разделы
organisation = Организация
conversation = Беседа
conversations = Беседы
tickets = Заявки
messages = Сообщения
session = Показ экрана
percent = { $value } %

day-today = Сегодня
day-yesterday = Вчера

size-b = { $value } Б
size-kb = { $value } КБ
size-mb = { $value } МБ
size-gb = { $value } ГБ

link-connecting = соединяемся
link-online = на связи
link-offline = нет сети

offline-waiting =
    { $count ->
        [one] { $count } запись ждёт сети; уйдёт сама.
        [few] { $count } записи ждут сети; уйдут сами.
       *[many] { $count } записей ждут сети; уйдут сами.
    }

stuck-what =
    { $what ->
        [message] Сообщение «{ $excerpt }» не принято
        [ticket] Заявка «{ $excerpt }» не принята
        [request] Обращение «{ $excerpt }» не принято
        [rating] Оценка не принята
        [time] Затраченное время не записано
        [callback] Просьба перезвонить не принята
       *[other] «{ $excerpt }» не принято
    }
stuck-again = Отправить ещё раз
stuck-drop = Не отправлять

invite-second = Пришло приглашение, но здесь уже есть учётная запись
invite-second-do = Одна Опора пока служит одной поддержке. Откройте приглашение на другом компьютере.

## Первый запуск

join-title = Опора
join-lead = Помощь специалиста рядом: беседа, экран, файлы и заявки в одном окне.
join-link = Ссылка-приглашение
join-link-hint = Её присылает ваша служба поддержки. Пока вы не нажмёте «Присоединиться», ничего не произойдёт.
join-look = Посмотреть приглашение
join-looking = Читаем приглашение…
join-as-customer = Служба поддержки приглашает вас
join-as-specialist = Приглашает вас специалистом
join-as-supervisor = Приглашает вас руководителем
join-as-owner = Приглашает вас владельцем службы
join-as-vendor = Приглашает отвечать на вопросы как вендор
join-you = Вы
join-address = Адрес
join-owner = Новая служба поддержки. Назовите её и себя.
join-key-note = На этом компьютере появится ваш ключ. Приглашение сработает один раз и только здесь.
join-go = Присоединиться
join-going = Присоединяемся…
join-other = Другая ссылка

start-title = Своя служба поддержки
start-lead = Её можно открыть на этом компьютере за пару минут и пригласить клиентов и коллег.
start-open = Открыть службу здесь
start-firm = Название фирмы
start-name = Ваше имя и фамилия
start-listen = Адрес службы
start-listen-hint = Пусто — только этот компьютер. Чтобы к службе подключались другие, укажите адрес компьютера в сети и порт.
start-warning = Служба работает, пока открыта Опора
start-warning-do = Закроете окно — помощь остановится для всех. Написанное не пропадёт и уйдёт, когда служба снова откроется.
start-go = Открыть службу
start-going = Открываем службу…

## Клиент

customer-title = { $firm } · поддержка
home-hello = Здравствуйте, { $name }
home-lead = Ответит живой человек.
home-lead-offline = Сети нет. Обращение можно написать сейчас, оно уйдёт само.
home-ask = Попросить помощи
home-no-line = В службе пока нет ни одной линии. Просить помощи можно будет, когда она появится.
tab-help = Помощь

queue-card = Ваше обращение
queue-since = с { $time }
queue-local = Обращение ждёт сети
queue-local-do = Оно сохранено здесь и уйдёт само, как только появится связь.
queue-offered = Специалист видит ваше обращение
queue-accepted = Специалист с вами
queue-ahead =
    { $count ->
        [0] Вы следующие
        [one] Впереди вас { $count } обращение
        [few] Впереди вас { $count } обращения
       *[many] Впереди вас { $count } обращений
    }
queue-specialists =
    { $count ->
        [0] Сейчас на линии никого нет. Обращение примут, как только специалист выйдет на линию.
        [one] На линии { $count } специалист
        [few] На линии { $count } специалиста
       *[many] На линии { $count } специалистов
    }
queue-unknown = Обращение в очереди
queue-open = Открыть беседу
queue-add = Дополнить
queue-cancel = Отозвать
queue-cancel-ask = Отозвать обращение?
queue-cancel-sure = Да, отозвать
queue-cancel-keep = Оставить

request-local = ждёт сети
request-waiting = в очереди
request-offered = предложено специалисту
request-accepted = принято
request-closed = завершено
request-cancelled = отозвано

class-broken = Не работает
class-broken-hint = Работа стоит
class-error = Ошибка
class-error-hint = Работает, но неверно
class-question = Вопрос
class-question-hint = Как сделать
class-wish = Пожелание
class-wish-hint = Чего не хватает

ask-title = Что случилось
ask-class = С чем помочь
ask-description = Своими словами
ask-description-hint = Что делали, что увидели, что ожидали.
ask-program = Программа
ask-program-running = открыта
ask-program-other = Другая
ask-program-name = Название
ask-program-release = Релиз
ask-machine-looking = Смотрим, какие программы открыты…
ask-organisation = От какой организации
ask-organisation-hint = Договор: { $contract }. Обращение увидит ответственный этой организации.
ask-organisation-option = { $name } · { $contract }
ask-line = Линия
ask-facts = Сведения о компьютере
ask-facts-hint = Уйдёт только то, что здесь осталось. Любую строку можно изменить или убрать.
ask-fact-remove = Убрать: { $what }
ask-send = Отправить
ask-sending = Сохраняем…
ask-offline = Сети нет. Обращение сохранится здесь и уйдёт само.

fact-system = Система
fact-computer = Компьютер
fact-memory = Память
fact-disk = Диск
fact-screen = Экран
fact-platform = Платформа
fact-opora = Опора

shot = Снимок экрана
shot-hint = По желанию. Перед отправкой можно закрасить лишнее.
shot-hide-hint = Проведите по тому, что не нужно показывать. Закрашенное не покинет компьютер.
shot-take = Сделать снимок
shot-taking = Делаем снимок…
shot-again = Снять заново
shot-drop = Без снимка
shot-canvas =
    { $count ->
        [one] Снимок экрана, закрашен { $count } участок. Стрелки двигают участок, Shift и стрелки меняют размер, Delete убирает.
        [few] Снимок экрана, закрашено { $count } участка. Стрелки двигают участок, Shift и стрелки меняют размер, Delete убирает.
       *[many] Снимок экрана, закрашено { $count } участков. Стрелки двигают участок, Shift и стрелки меняют размер, Delete убирает.
    }
shot-add = Закрасить участок
shot-undo = Отменить последний
shot-remove = Убрать выбранный
shot-unseen = Снимок сделан, но показать его здесь не удалось. Отправьте без него или снимите заново.

## Беседа

conversation-loading = Открываем беседу…
conversation-nobody = Ждём специалиста
conversation-over-closed = Беседа завершена.
conversation-over-cancelled = Обращение отозвано.
older = Показать раньше
older-loading = Загружаем…
typing = { $name } пишет…
drop-here = Отпустите, чтобы отправить файлы

message-by =
    { $mine ->
        [yes] Ваше сообщение
       *[no] Сообщение: { $name }
    }
message-reply = Ответить
mark-waiting = ждёт сети
mark-sending = отправляется
mark-sent = отправлено
mark-seen = прочитано
mark-stuck = нужен ваш выбор

composer = Сообщение
composer-send = Отправить
composer-attach = Приложить файл
composer-quote = Ответ: { $name }
composer-quote-drop = Не цитировать

row-mine = Вы: { $text }
row-sharing = экран
row-unread =
    { $count ->
        [one] { $count } непрочитанное
        [few] { $count } непрочитанных
       *[many] { $count } непрочитанных
    }
row-local = ждёт сети
row-waiting = в очереди
row-offered = предложено
row-closed = завершена
row-cancelled = отозвано

entry-opened = Обращение: { $what }
entry-joined =
    { $mine ->
        [yes] Вы приняли обращение
       *[no] { $name } на связи
    }
entry-session-requested =
    { $mine ->
        [yes] Вы попросили показать экран
       *[no] { $name } просит показать экран
    }
entry-session-live =
    { $mine ->
        [yes] Вы разрешили показ экрана
       *[no] { $name }: показ экрана разрешён
    }
entry-session-ended = Показ экрана закончен: { $reason }
entry-ticket = Заявка № { $number } «{ $subject }»
entry-closed =
    { $mine ->
        [yes] Вы завершили беседу
       *[no] { $name }: беседа завершена
    }
entry-rated = Оценка: { $stars } из 5

## Файлы

file-offered = можно получить
file-here = получен, проверен
file-sending = Отправка файла
file-receiving = Получение файла
file-sending-done = отправлено { $done }
file-receiving-done = получено { $done }
file-mine-here = отправлен
file-mine-offered = отправлен
file-accept = Получить
file-again = Получить ещё раз
file-cancel = Остановить
file-open = Открыть
file-open-name = Открыть { $name }
file-save = Сохранить
file-saved = Сохранён:
file-dangerous = Такой файл может менять компьютер. Открывайте, только если ждали его.

danger-title = Открыть файл?
danger-what = «{ $name }» может выполнить действия на этом компьютере
danger-do = Открывайте, только если договорились об этом файле и знаете, что он делает.
danger-word = открыть
danger-type = Чтобы открыть, напишите слово «{ $word }»
danger-open = Открыть
danger-cancel = Не открывать

## Оценка

rating-question = Как вам помогли?
rating-stars =
    { $count ->
        [one] { $count } звезда из 5
        [few] { $count } звезды из 5
       *[many] { $count } звёзд из 5
    }
rating-comment = Добавьте слово, если хочется
rating-send = Отправить оценку
rating-done = Ваша оценка: { $stars } из 5
rating-done-theirs = Оценка клиента: { $stars } из 5

## Заявки

ticket-new = Новая
ticket-new-long = Написать заявку
ticket-new-title = Новая заявка
ticket-subject = Тема
ticket-description = Подробности
ticket-description-error = Что делали, что ожидали увидеть и что получилось.
ticket-description-consultation = Что нужно узнать или сделать.
ticket-description-wish = Как должно быть и зачем это нужно.
ticket-kind = Вид
ticket-kind-error = Ошибка
ticket-kind-consultation = Консультация
ticket-kind-wish = Пожелание
ticket-priority = Срочность
priority-low = Не спешит
priority-normal = Обычная
priority-high = Высокая
priority-urgent = Срочная
ticket-attach = Приложить файлы
ticket-attach-drop = или перетащите их в окно
ticket-file-remove = Убрать { $name }
ticket-file-open = Открыть { $name }
ticket-required = { $name } (обязательно)
ticket-for = Для кого
ticket-for-choose = Выберите клиента
ticket-sees-me = Только я
ticket-seen-private = Больше никто
ticket-seen-organisation = Вся организация
ticket-seen-group = Выбранные коллеги
ticket-seen-group-count =
    { $count ->
        [one] видит { $count } коллега
        [few] видят { $count } коллеги
       *[many] видят { $count } коллег
    }
ticket-seen-nobody = Коллег в программе пока нет.
ticket-offline = Сети нет. Заявка сохранится здесь и уйдёт сама.
ticket-send = Создать заявку
ticket-send-join = Сообщить: у меня тоже
ticket-sending = Сохраняем…
ticket-number = № { $number }
ticket-no-number = без номера
ticket-waiting = Ждёт сети; уйдёт сама. Номер появится, когда служба её получит.
ticket-no-description = Без подробностей.
ticket-files =
    { $count ->
        [one] { $count } файл
        [few] { $count } файла
       *[many] { $count } файлов
    }
ticket-similar = Похожее уже есть
ticket-join = У меня тоже
ticket-joined = Отмечено: у меня тоже
ticket-drafts = Черновики
ticket-draft-unnamed = Без темы
ticket-draft-drop = Удалить черновик «{ $subject }»
ticket-draft-drop-ask = Удалить «{ $subject }»?
ticket-draft-drop-go = Удалить
ticket-draft-stay = Оставить
ticket-draft-discard = Удалить черновик
ticket-draft-kept = Черновик сохранён на этом компьютере
ticket-organisation = Организация
ticket-organisation-hint = По её договору пойдёт работа; её сотрудникам можно показать заявку.
ticket-part-of = Входит в заявку…
ticket-part-of-go = Сделать частью
ticket-part-of-drop = Больше не часть заявки «{ $subject }»
filter-made = Создана
filter-made-from = Создана с
filter-made-to = Создана по
ticket-joins = Присоединится к известной ошибке: { $title }
ticket-vote = Хочу тоже
ticket-voted = Ваш голос учтён
ticket-votes =
    { $count ->
        [one] ещё у { $count } человека
        [few] ещё у { $count } человек
       *[many] ещё у { $count } человек
    }
ticket-alike-open = Открыть
message-ticket = Сделать заявку
status-new = новая
status-in_work = в работе
status-waiting = ждёт клиента
status-solved = решена
status-confirmed = подтверждена
status-reopened = возвращена
status-refused = отклонена
ticket-step-received = Получена
ticket-step-in_work = В работе
ticket-step-your_turn = Ждёт вас
ticket-step-solved = Решена
ticket-step-confirmed = Подтверждена
ticket-step-refused = Отклонена
ticket-steps = Шаги заявки; сейчас: { $step }
ticket-by-today = сегодня до { $time }
ticket-by-tomorrow = завтра до { $time }
ticket-by-yesterday = вчера до { $time }
ticket-by-day = до { $day }, { $time }
ticket-promise-answer = Ответим { $by }
ticket-promise-answer-late = Обещали ответить { $by } и опаздываем
ticket-promise-solution = Решим { $by }
ticket-promise-solution-late = Обещали решить { $by } и опаздываем
ticket-promise-waits = Ждём вашего ответа, срок пока не идёт
ticket-left = ещё { $span }
ticket-late = опоздание { $span }
ticket-due-answer = Ответить до: { $when }
ticket-due-solution = Решить до: { $when }
ticket-due-waits = срок стоит
ticket-due-none = Срока нет
ticket-unread = Есть новое
ticket-shared = Видна коллегам
ticket-nobody = никто
ticket-none = нет
ticket-conflict-short = две версии
tickets-none = Заявок пока нет
tickets-none-do = Здесь появятся заявки клиентов. Заявку можно сделать и самому: из беседы или кнопкой выше.
tickets-none-own = Напишите заявку, если дело не срочное: ответим в обещанный срок, и ход будет виден здесь.
tickets-none-such = Таких заявок нет
tickets-none-such-do = Измените отбор или выберите другой список.
tickets-loading = Загружаем…
tickets-again = Попробовать ещё раз
tickets-more = Показать ещё
tickets-own-open = Сейчас
tickets-own-over = Завершённые
tickets-view = Вид списка
tickets-view-list = Список
tickets-view-board = Доска
tickets-lists = Списки
ticket-list-open = Все открытые
ticket-list-day = Мой день
ticket-list-nobody = Без исполнителя
ticket-list-burning = Горит
tickets-keep = Сохранить список
tickets-keep-name = Название
tickets-keep-hint = Запомнятся отбор, порядок, группы и столбцы. Список останется на этом компьютере.
tickets-kept = Сохранённые списки
tickets-drop = Удалить список «{ $name }»
tickets-filter = Отбор заявок
tickets-find = Тема, номер, клиент
filter-assignee-any = Любой исполнитель
filter-assignee-me = Мои
filter-assignee-nobody = Без исполнителя
filter-more = Ещё отбор
filter-open = Только открытые
filter-watched = Слежу
filter-clear = Сбросить отбор
filter-find = Найти по названию
light-red = Просрочен
light-yellow = Скоро истечёт
light-green = Времени хватает
light-none = Без срока
tickets-group = Группы
tickets-group-none = Без групп
tickets-group-status = По статусу
tickets-group-priority = По срочности
tickets-group-assignee = По исполнителю
tickets-group-organisation = По организации
tickets-group-line = По линии
tickets-group-tracker = По виду
tickets-group-category = По разделу
tickets-columns = Столбцы
ticket-column-number = Номер
ticket-column-subject = Тема
ticket-column-customer = Клиент
ticket-column-status = Статус
ticket-column-priority = Срочность
ticket-column-assignee = Исполнитель
ticket-column-deadline = Срок
ticket-column-made = Создана
ticket-column-updated = Изменена
tickets-pick = Выбрать «{ $subject }»
tickets-pick-all = Выбрать все
tickets-pick-none = Снять выбор
tickets-picked =
    { $count ->
        [one] Выбрана { $count } заявка
        [few] Выбраны { $count } заявки
       *[many] Выбрано { $count } заявок
    }
tickets-picked-most = Выбраны первые { $count }: больше за один раз изменить нельзя.
tickets-bulk = Изменить выбранные
tickets-bulk-title =
    { $count ->
        [one] Изменить { $count } заявку
        [few] Изменить { $count } заявки
       *[many] Изменить { $count } заявок
    }
tickets-bulk-words = Эти слова получит каждый из клиентов.
tickets-bulk-go =
    { $count ->
        [one] Изменить { $count } заявку
        [few] Изменить { $count } заявки
       *[many] Изменить { $count } заявок
    }
tickets-bulk-done =
    { $count ->
        [one] Изменена { $count } заявка
        [few] Изменены { $count } заявки
       *[many] Изменено { $count } заявок
    }
tickets-bulk-left =
    { $count ->
        [one] Ещё { $count } осталась прежней: из её состояния так нельзя.
        [few] Ещё { $count } остались прежними: из их состояния так нельзя.
       *[many] Ещё { $count } остались прежними: из их состояния так нельзя.
    }
tickets-save = Выгрузить список
tickets-save-xlsx = Таблица Excel (XLSX)
tickets-save-csv = Текст с разделителями (CSV)
tickets-saved = Сохранено в загрузках
tickets-total =
    { $count ->
        [one] { $shown } заявка
        [few] { $shown } заявки
       *[many] { $shown } заявок
    }
keys-move = ходить
keys-open = открыть
keys-pick = выбрать
keys-find = искать
board-keys = перенести карточку
board-moved = «{ $subject }»: { $status }
board-no-way = Дальше в эту сторону из состояния «{ $status }» нельзя
board-none = Пусто
board-more = Ещё { $count } в списке
ticket-back = К списку
ticket-more = Действия
ticket-move = Изменить статус
ticket-move-words = нужны слова
ticket-move-title = Новый статус: { $status }
ticket-move-go = Изменить статус
ticket-words = Слова клиенту
ticket-words-hint = Клиент увидит это в заявке.
ticket-words-waiting = О чём спросить клиента
ticket-words-solved = Что сделано
ticket-words-refused = Почему заявку закрывают
ticket-words-reopened = Что осталось не так
ticket-talk = Открыть беседу
ticket-print = Напечатать
ticket-share = Кто ещё видит заявку
ticket-merged = Продолжение в заявке № { $number }
ticket-changes-waiting = Изменения ждут сети и уйдут сами.
ticket-made = { $name }, { $when }
ticket-wanted = нужно к { $day }
ticket-fields = Поля заявки
ticket-field-subject = Тема
ticket-field-description = Описание
ticket-field-tracker = Вид
ticket-field-status = Статус
ticket-field-priority = Срочность
ticket-field-category = Раздел
ticket-field-product = Программа
ticket-field-release = Релиз
ticket-field-due = Нужно к дате
ticket-field-assignee = Исполнитель
ticket-field-line = Линия
ticket-field-visibility = Кто ещё видит
ticket-field-parent = Часть заявки
ticket-field-custom = Поле
ticket-changed = { $field }: { $from } → { $to }
ticket-set = { $field }: { $to }
ticket-changed-text = { $field }: текст изменён
ticket-history = Ход работы
ticket-history-none = Пока ничего не происходило.
ticket-by-desk = Служба
ticket-staff-only = только своим
ticket-happened-watched = { $name } следит за заявкой
ticket-happened-unwatched = { $name } больше не следит за заявкой
ticket-happened-linked = Связь: { $relation } { $name }
ticket-happened-unlinked = Связь убрана: { $relation } { $name }
ticket-happened-merged = Объединена с заявкой № { $number }
ticket-happened-rated = Оценка клиента: { $stars } из 5
ticket-happened-pressed = Срок скоро истечёт
ticket-happened-broken = Срок нарушен
ticket-happened-published = Сообщили всем клиентам
ticket-happened-unpublished = Сообщение для всех клиентов снято
ticket-say-to = Кому
ticket-say-client = Клиенту
ticket-say-staff = Только своим
ticket-say-client-hint = Ответ клиенту
ticket-say-staff-hint = Заметка для своих, клиент её не увидит
ticket-say-hint = Напишите, если есть что добавить
ticket-say-go = Отправить
ticket-say-go-client = Отправить клиенту
ticket-say-go-staff = Записать для своих
ticket-conflict-title = Поле изменили двое
ticket-conflict-lead = Пока вы меняли это поле, его изменил другой человек. Выберите, что оставить.
ticket-conflict-mine = Ваше изменение
ticket-conflict-theirs = Сейчас в заявке: { $name }
ticket-conflict-theirs-desk = Сейчас в заявке
ticket-conflict-keep = Оставить моё
ticket-conflict-take = Оставить как сейчас
ticket-checklist = Что сделать
ticket-checklist-done = { $done } из { $all }
ticket-checklist-new = Новый пункт
ticket-checklist-add = Добавить пункт
ticket-checklist-drop = Убрать «{ $text }»
ticket-links = Связи
ticket-parent = Часть заявки
ticket-children = Её части
relation-relates = связана с
relation-duplicates = повторяет
relation-duplicated_by = повторяется в
relation-blocks = держит
relation-blocked_by = ждёт
ticket-link = Связать или объединить
ticket-link-how = Как связана
ticket-link-number = Номер другой заявки
ticket-link-go = Связать
ticket-unlink = Убрать связь с «{ $subject }»
ticket-merge = объединить: продолжение там
ticket-merge-hint = Эта заявка закроется, работа пойдёт в той. История останется здесь; клиент той же организации увидит продолжение.
ticket-merge-go = Объединить
ticket-watchers = Кто следит
ticket-watchers-none = Никто, кроме автора и исполнителя.
ticket-watcher-add = Добавить человека
ticket-watch = Следить
ticket-unwatch = Не следить
ticket-unwatch-one = { $name } больше не следит
ticket-time = Затрачено
ticket-time-note = Записать время
ticket-time-minutes = минут всего
ticket-publish = Сообщить всем клиентам
ticket-publish-edit = Сообщение клиентам
ticket-publish-title = Что сообщить всем клиентам
ticket-publish-lead = Это увидит каждый клиент, когда станет писать похожую заявку. Имён и названий организаций здесь быть не должно.
ticket-publish-line = Одной строкой
ticket-publish-line-hint = Например: «После обновления на 3.0.171 не печатается счёт-фактура».
ticket-publish-text = Подробнее
ticket-publish-go = Сообщить
ticket-publish-drop = Снять сообщение
ticket-notice = Сообщено всем клиентам: { $title }
ticket-solved-ask = Специалист говорит, что всё решено. Так ли это?
ticket-confirm = Да, решено
ticket-reopen = Не решено
ticket-reopen-late = Открыть снова
ticket-reopen-go = Вернуть в работу
ticket-withdraw = Отозвать заявку
ticket-rate = Как мы справились?
filter-organisation = Организация
ticket-say-answer = Ответить
ticket-say-answer-hint = Ваш ответ; заявка вернётся в работу
setup-tickets = Заявки
ticket-setup-trackers = Виды
ticket-setup-categories = Разделы
ticket-setup-terms = Сроки
ticket-setup-trackers-lead = Какими бывают заявки, что в них спрашивают и кто их двигает.
ticket-setup-categories-lead = О чём заявки. Новая заявка раздела сразу попадёт на свою линию и к своему исполнителю.
ticket-setup-terms-lead = Что вы обещаете клиентам. Считается рабочее время линии; пока ждут ответа клиента, срок стоит.
tracker-new = Новый вид
tracker-edit = Вид «{ $name }»
tracker-standard = есть всегда
tracker-fields-count =
    { $count ->
        [one] { $count } своё поле
        [few] { $count } своих поля
       *[many] { $count } своих полей
    }
tracker-retired = Больше не создавать таких заявок
tracker-retired-short = больше не создаются
tracker-name = Название
tracker-name-standard = Пустое поле оставит обычное название.
tracker-kind = В основе
tracker-kind-fixed = У вида, который уже есть, не меняется.
tracker-fields = Свои поля
tracker-fields-lead = Подсказка видна, пока поле пустое. Без обязательных полей заявку не создать.
tracker-field-name = Название поля
tracker-field-hint = Подсказка
tracker-field-required = обязательное
tracker-field-up = Поднять «{ $name }»
tracker-field-drop = Убрать «{ $name }»
tracker-field-new = Добавить поле
workflow = Кто двигает заявку
workflow-lead = Строка: откуда. Столбец: куда. У каждой роли своя таблица.
workflow-who = Чьи шаги
workflow-who-customer = Клиент
workflow-who-staff = Специалист
workflow-who-supervisor = Руководитель
workflow-from-to = откуда, куда
workflow-step = { $from } → { $to }
workflow-usual = Вернуть обычные шаги
workflow-stuck = Заявка застрянет в состоянии «{ $status }»
workflow-stuck-do = Дайте специалисту путь оттуда до решения или отказа.
workflow-no-word = У клиента нет последнего слова
workflow-no-word-do = Решённую заявку он должен мочь и подтвердить, и вернуть.
categories-none = Разделов пока нет. Без них заявки тоже работают.
category-name = Название раздела
category-line = Линия раздела «{ $name }»
category-line-any = Любая линия
category-assignee = Исполнитель раздела «{ $name }»
category-drop = Убрать раздел «{ $name }»
category-new = Добавить раздел
terms-answer = Ответ
terms-solution = Решение
terms-answer-hours = { $priority }: часов до ответа
terms-answer-minutes = { $priority }: минут до ответа
terms-solution-hours = { $priority }: часов до решения
terms-solution-minutes = { $priority }: минут до решения
terms-hours = ч
terms-minutes = мин
terms-empty = Пустые поля значат, что срок не обещан. Восемь часов рабочего времени обычно один день.
terms-odd = «{ $priority }»: решение обещано раньше ответа

## Специалист

rail-setup = Настройка службы
setup-people = Люди и линии
load = { $active } из { $capacity }
list-mine = Мои беседы
list-queue = Очередь
list-past = Завершённые
list-mine-none = Бесед нет. Новая появится, когда вы примете обращение.
list-queue-none = Никто не ждёт.
list-queue-off = Вы не на линии: новые обращения вам не предлагаются.
list-open = Откройте беседу слева
list-open-do = Или примите обращение из очереди: откроется беседа со всем, что известно.
offer = Предложение
offer-left =
    { $count ->
        [one] Осталась { $count } секунда
        [few] Осталось { $count } секунды
       *[many] Осталось { $count } секунд
    }
offer-accept = Принять
offer-decline = Не сейчас
offer-show = Показать
waits-minutes =
    { $count ->
        [0] только что
       *[other] ждёт { $count } мин
    }
minutes = { $count } мин
queue-take = Взять
queue-take-who = Взять обращение: { $name }
queue-row-offered = звонит другому

head-screen = Экран
head-ticket = Заявка
head-file = Файл
head-close = Завершить
close-ask = Завершить беседу? Клиента попросят оценить помощь.
close-sure = Завершить
close-keep = Продолжить

client-program = Программа
client-machine = Рабочее место
client-tickets = Заявки клиента
client-tickets-none = Заявок ещё не было.
client-people = В беседе
client-present = на связи
client-away = не на связи
client-line = Линия

quick = Поиск
quick-field = Имя, организация, номер заявки или слова из переписки
quick-none = Ничего не нашлось.
quick-conversation = Беседа
quick-queue = Очередь
quick-client = Клиент
quick-organisation = Организация
quick-nobody = пока без людей
quick-ticket = Заявка
quick-note = Заметка
quick-message = Сообщение
quick-start = Начните печатать: имя, организация, номер заявки или слова из переписки.
quick-building = Старые сообщения ещё добавляются в поиск.

## Настройка службы

people-lead = Кто помогает, кому помогают и по каким линиям.
people-lines = Линии
people-lines-do = Линия — это очередь со своими специалистами. Начните с одной.
people-organisations = Организации клиентов
people-organisations-do = Клиент всегда из какой-то организации.
people-people = Люди
line-name = Название линии
line-make = Добавить линию
organisation-name = Название организации
organisation-make = Добавить организацию
invite-open = Пригласить
invite-title = Приглашение
invite-name = Имя и фамилия
invite-role = Кто это
role-customer = Клиент
role-specialist = Специалист
role-supervisor = Руководитель
role-owner = Владелец
person-role = Роль
person-role-hint = Роль можно сменить сразу: новое приглашение не нужно.
person-role-supervisor = Увидит доску, отчёты и журнал, сможет заглядывать в беседы и забирать их.
person-role-specialist = Доска, отчёты и журнал закроются, начатые просмотры закончатся. Свои беседы останутся.
person-role-owner = Ключ организации хранится на компьютере владельца, поэтому он остаётся владельцем.
person-role-certified = Эту роль подтверждает приглашение. Чтобы человек работал у вас в другой роли, пригласите его заново.
invite-lines = Линии
invite-no-line = Сначала добавьте линию.
invite-no-organisation = Сначала добавьте организацию.
invite-go = Сделать ссылку
invite-going = Делаем ссылку…
invite-ready = Ссылка-приглашение: { $name }
invite-once = Покажем её один раз. Передайте её лично или так, как передали бы пароль: она сработает у того, кто откроет первым.
invite-done = Готово
person-joined = доступ есть
person-invited = ждём входа
own-desk = Служба на этом компьютере
own-desk-do = Работает, пока открыта Опора.

## Показ экрана

screen-title = Попросить показать экран
screen-reason = Зачем
screen-reason-hint = Эти слова увидит клиент.
screen-scopes = Что понадобится
screen-send = Попросить
screen-sending = Просим…
screen-note = Клиент сам решит, что разрешить. Остановить показ он может в любой миг.

scope-view = Видеть экран
scope-view-hint = Только смотреть. Ничего нельзя нажать.
scope-point = Показывать на экране
scope-point-hint = Вы увидите указатель специалиста.
scope-pointer = Управлять мышью
scope-pointer-hint = Двигать, нажимать, прокручивать. Когда мышь двигаете вы, специалист ждёт. В окнах Опоры нажать нельзя.
scope-keyboard = Печатать на клавиатуре
scope-keyboard-hint = Набирать текст. Когда печатаете вы, специалист ждёт. Клавиши «Стоп» недоступны.
scopes-view = видит экран
scopes-point = видит экран и показывает
scopes-control = видит экран и управляет
scopes-nothing = ничего не видит

session-asked-theirs = Просим показать экран: { $name }
session-asked-theirs-do = Ждём ответа клиента.
session-asked-mine = { $name } просит показать экран
session-asked-mine-do = Ответьте в отдельном окне.
session-goes-on-theirs = Показ экрана перейдёт к вам
session-goes-on-mine = { $name } просит продолжить показ экрана
session-live-theirs =
    { $reach ->
        [control] Экран: { $name } · просмотр и управление
       *[see] Экран: { $name } · просмотр
    }
session-live-mine =
    { $reach ->
        [control] { $name } видит ваш экран и управляет
       *[see] { $name } видит ваш экран
    }
session-time = { $live ->
    [0] меньше минуты
   *[other] { $live } мин
 } · ещё { $left } мин
session-connecting = Соединяем…
session-over = Показ экрана закончен
session-open = Открыть окно
session-end = Закончить
session-withdraw = Не просить
session-spent = Время показа экрана
session-spent-time = Показ экрана занял { $time }
session-spent-open = Не записано: из договора ещё ничего не списано.
session-spent-noted = Записано и списано из договора.
session-spent-note = Записать время
session-spent-correct = Исправить
session-spent-field = Сколько времени занял показ
session-spent-hint = Шёл { $time }. Запишите, сколько было работы.
session-spent-save = Записать

ended-stopped_by_customer = клиент остановил показ
ended-finished_by_helper = специалист закончил
ended-refused = клиент отказал
ended-no_answer = ответа не было
ended-time_over = вышло разрешённое время
ended-connection_lost = связь прервалась
ended-not_genuine = личность другой стороны не подтвердилась
ended-no_screen = экран здесь показать нельзя
ended-bar_lost = панель показа была скрыта
ended-conversation_closed = беседа завершена

consent-title = { $name } просит показать экран
consent-title-goes-on = { $name } просит продолжить показ экрана
consent-after = До этого экран видел другой специалист: { $name }. Теперь показ остановлен и продолжится, только если вы разрешите.
consent-after-somebody = До этого экран видел другой специалист. Теперь показ остановлен и продолжится, только если вы разрешите.
consent-firm = «{ $firm }»
consent-verified = личность подтверждена
consent-unverified = личность не подтверждена
consent-unverified-what = Личность не подтверждена
consent-unverified-do = Показать экран можно только тому, чья личность подтверждена. Откажите и напишите об этом службе поддержки.
consent-reason = Зачем: { $reason }
consent-scopes = Что разрешить
consent-allow = Разрешить на 30 минут
consent-refuse = Отказать
consent-note = Остановить можно в любой миг: кнопкой «Стоп» или клавишами { $key }.
consent-note-no-key = Остановить можно в любой миг кнопкой «Стоп» на панели показа.
consent-arming = Кнопки заработают через мгновение
consent-answered = Ответ отправлен.
consent-none = Просьбы больше нет.

bar-connecting = соединяем
bar-stop = Стоп
bar-no-key = Клавиши «Стоп» заняты другой программой. Останавливает только кнопка.
bar-over = Показ закончен

viewer-title = Экран: { $name }
viewer-canvas = Экран другого компьютера: { $name }. Клавиши уходят туда; Ctrl+Alt+Home возвращает к кнопкам окна.
viewer-connecting = Соединяем…
viewer-connecting-do = Картинка появится, как только придёт первый кадр.
viewer-lost = Связь прервалась
viewer-lost-do = Восстанавливаем сами. Показанное раньше скрыто, чтобы не принять его за живое.
viewer-ended = Показ экрана закончен
viewer-ended-do = Окно можно закрыть. Беседа продолжается.
viewer-no-codec = Здесь нельзя показать картинку
viewer-no-codec-do = В системе нет кодека AV1. Установите пакеты GStreamer (plugins-bad и libav) и попросите показ ещё раз.
viewer-fit = Вписать
viewer-actual = 1 : 1
viewer-only = просмотр без управления
viewer-control = просмотр и управление
viewer-notice-paused = Управление на паузе: клиент отвечает на вопрос или не видит панель показа.
viewer-notice-own_window = Окнами Опоры на том компьютере управляет только клиент.
viewer-notice-not_allowed = Клиент этого не разрешил.
viewer-notice-stop_key = Эти клавиши принадлежат клиенту: ими он останавливает показ.
viewer-notice-unknown_key = Этот знак на том компьютере набрать не получилось.
viewer-notice-own_hand = Клиент сам двигает мышью или печатает; ваше управление отдыхает секунду.
viewer-end = Закончить

## Настройки

settings-language = Язык
language-ru = Русский
language-en = English
settings-theme = Оформление
theme-system = Как в системе
theme-light = Светлое
theme-dark = Тёмное
settings-zoom = Размер
settings-notifications = Показывать уведомления
settings-sounds = Звуки
settings-keys = Ключи
keys-keyring = В системном хранилище ключей
keys-file = В файле, который читает только ваш пользователь: системного хранилища здесь нет
settings-stop-key = Остановка показа
settings-own-desk = Служба на этом компьютере
settings-version = Версия

## Отказы: что случилось и что уцелело; затем что делать

error-invite_not_a_link = Это не похоже на приглашение
error-invite_not_a_link-do = Скопируйте ссылку целиком: она начинается с opora://.
error-invite_damaged = Ссылка повреждена: часть её потерялась
error-invite_damaged-do = Скопируйте её ещё раз или попросите прислать новую.
error-invite_newer = Приглашение сделано в более новой Опоре
error-invite_newer-do = Обновите Опору и откройте ссылку снова.
error-invite_used = Приглашение уже использовано на другом устройстве
error-invite_used-do = Попросите новое. Если приглашением воспользовались не вы, скажите об этом службе поддержки.
error-invite_unknown = Служба не знает этого приглашения
error-invite_unknown-do = Попросите новое: старое могли отменить.
error-wrong_desk = По этому адресу отвечает другая служба
error-wrong_desk-do = Мы не стали соединяться. Проверьте ссылку и сообщите тому, кто её прислал.
error-wrong_organisation = Ключ организации не совпал с приглашением
error-wrong_organisation-do = Мы не стали соединяться. Сообщите тому, кто прислал ссылку.
error-desk_unreachable = Служба поддержки не отвечает
error-desk_unreachable-do = Проверьте сеть. Написанное хранится здесь и уйдёт само.
error-desk_disk_full = У службы кончилось место на диске
error-desk_disk_full-do = Написанное хранится здесь и уйдёт само. Сообщите службе поддержки, если это надолго.
error-desk_busy = Служба сейчас перегружена
error-desk_busy-do = Написанное хранится здесь. Попробуем ещё раз сами через минуту.
error-desk_version = Версии Опоры и службы не подходят друг другу
error-desk_version-do = Обновите Опору. Написанное хранится здесь.
error-device_unknown = Служба больше не знает этого устройства
error-device_unknown-do = Попросите новое приглашение. Написанное хранится здесь.
error-desk_not_started = Службу не удалось открыть на этом компьютере
error-desk_not_started-do = Возможно, адрес занят другой программой. Укажите другой порт и попробуйте снова.
error-not_allowed = Это действие вам недоступно
error-not_allowed-do = Попросите владельца службы, если оно нужно для работы.
error-not_found = Этого уже нет
error-not_found-do = Вернитесь назад: список обновится сам.
error-request_moved = Обращение уже взял другой специалист
error-request_moved-do = Ничего делать не нужно, клиенту отвечают.
error-offer_lapsed = Время предложения вышло
error-offer_lapsed-do = Обращение вернулось в очередь; его можно взять оттуда.
error-conversation_closed = Беседа уже завершена
error-conversation_closed-do = Чтобы продолжить, попросите помощи ещё раз.
error-empty = Здесь пусто
error-empty-do = Напишите хотя бы слово.
error-too_long = Слишком длинно
error-too_long-do = Сократите текст или приложите его файлом.
error-file_too_large = Файл больше, чем принимает служба
error-file_too_large-do = Сожмите его или разделите на части.
error-file_unreadable = Файл не удалось прочитать или записать
error-file_unreadable-do = Проверьте, что он на месте и доступен, и попробуйте снова.
error-file_damaged = Файл пришёл не таким, каким его отправили
error-file_damaged-do = Мы его не сохранили. Получите ещё раз; если повторится, скажите отправителю.
error-disk_full = На этом компьютере кончилось место
error-disk_full-do = Освободите место. Написанное раньше цело.
error-screen_refused = Клиент отказал в показе экрана
error-screen_refused-do = Объясните в беседе, зачем это нужно, и попросите снова.
error-screen_no_answer = На просьбу показать экран не ответили
error-screen_no_answer-do = Напишите клиенту и попросите снова.
error-screen_none = Здесь нет экрана, который можно показать
error-screen_none-do = Приложите снимок или опишите, что видите.
error-screen_forbidden = Система не даёт снимать экран
error-screen_forbidden-do = В этом сеансе рабочего стола показ пока невозможен. Войдите в сеанс X11 или пришлите фотографию.
error-codec_missing = Не хватает кодека для картинки
error-codec_missing-do = Установите пакеты, названные в описании установки, и попробуйте снова.
error-session_lost = Связь с другим компьютером прервалась
error-session_lost-do = Показ остановлен. Попросите его ещё раз.
error-peer_not_genuine = Другая сторона не подтвердила, кто она
error-peer_not_genuine-do = Соединение прервано, ничего не показано. Сообщите службе поддержки.
error-session_busy = Уже идёт другой показ экрана
error-session_busy-do = Закончите его и попробуйте снова.
error-inn_taken = Организация с таким ИНН и КПП уже есть
error-inn_taken-do = Найдите её в списке. У филиала тот же ИНН и свой КПП.
error-no_organisation = Вы сейчас не числитесь ни в одной организации
error-no_organisation-do = Старые беседы остались у вас. Попросите свою службу поддержки добавить вас снова.
error-role_certified = Эту роль подтверждает приглашение, просто сменить её нельзя
error-role_certified-do = Пригласите человека заново с новой ролью. Прежние беседы останутся в истории.
error-owner_key = Владелец остаётся владельцем
error-owner_key-do = Ключ организации хранится на его компьютере, другая роль здесь невозможна. Остальным можно выбрать роль специалиста или руководителя.
error-not_member = Вы больше не числитесь в этой организации
error-not_member-do = Текст остался у вас. Выберите другую организацию или попросите службу поддержки добавить вас снова.
error-contract_over = Договор поддержки закончился
error-contract_over-do = Переписка на месте, её можно читать. Попросите продлить договор: кнопка на первом экране.
error-contract_ahead = Договор поддержки ещё не начал действовать
error-contract_ahead-do = Дождитесь первого дня договора или попросите владельца службы начать раньше.
error-contract_unpaid = Договор поддержки не оплачен
error-contract_unpaid-do = Переписка на месте, её можно читать. Как только оплата придёт, помощь снова доступна.
error-contract_none = У вашей организации нет договора поддержки
error-contract_none-do = Попросите службу поддержки заключить договор.
error-contract_spent = Оплаченное по договору израсходовано
error-contract_spent-do = Начатое можно закончить. Чтобы просить новое, попросите продлить договор.
error-contract_narrow = Договор этого не предусматривает
error-contract_narrow-do = Выберите другую линию или другой способ, либо попросите расширить договор.
error-contract_wrong = Договор записан с ошибкой
error-contract_wrong-do = Проверьте даты, объём и линии: введённое осталось в форме.
error-contract_used = По договору уже оказывали помощь
error-contract_used-do = Удалить его нельзя, иначе пропадёт учёт. Можно закончить его раньше: укажите последний день.
error-renewal_sent = Просьба о продлении уже отправлена
error-renewal_sent-do = Служба поддержки её видит и ответит. Второй раз отправлять не нужно.
error-hours_wrong = Часы записаны с ошибкой
error-hours_wrong-do = Промежутки не должны перекрываться, а дата не может встретиться дважды. Введённое осталось в форме.
error-phone_wrong = Это не похоже на номер телефона
error-phone_wrong-do = Напишите номер цифрами, например +7 812 555-01-23; можно с добавочным.
error-report_period = Такого периода не бывает
error-report_period-do = Выберите начало не позже конца, не больше десяти лет.
error-offline = Для этого нужна сеть, а её нет
error-offline-do = Попробуйте, когда появится связь.
error-transfer_over = Эта передача уже закончилась
error-transfer_over-do = Беседа там, где была. Если нужно, предложите её ещё раз.
error-invitation_over = Это приглашение в беседу больше не действует
error-invitation_over-do = На него уже ответили, его отозвали или вышло время. Если нужно, вас позовут ещё раз.
error-hands_full = У вас уже столько бесед, сколько можно вести сразу
error-hands_full-do = Завершите одну из них и возьмите эту.
error-ticket_conflict = Это поле изменил и другой человек
error-ticket_conflict-do = Откройте заявку и выберите, что оставить.
error-owner_stays = Эту беседу ведёте вы
error-owner_stays-do = Сначала передайте её коллеге или в очередь, затем выйдите.
error-not_a_step = Из этого состояния туда нельзя
error-not_a_step-do = Заявку уже передвинули или так не заведено. Посмотрите, где она сейчас.
error-own_part = Заявка не может быть частью самой себя
error-own_part-do = Выберите другую заявку: эта входит в ту, которую вы назвали.
error-words_needed = К этому нужны слова
error-words_needed-do = Напишите клиенту хотя бы одну фразу: вопрос, ответ или причину.
error-field_needed = Не заполнено обязательное поле
error-field_needed-do = Заполните отмеченные поля. Написанное цело.
error-internal = Ошибка в самой Опоре
error-internal-do = Написанное цело. Попробуйте ещё раз; если повторится, перезапустите Опору и сообщите нам.

## Структура фирмы и клиентов
save = Сохранить
find = Найти
find-person = Имя, организация, почта или телефон
find-in = Найти в списке «{ $list }»
find-more = И ещё { $more }. Уточните поиск, чтобы их увидеть.
find-nothing = Ничего не нашлось. Попробуйте часть имени или номера.
email = Электронная почта
phone = Телефон
inn = ИНН
inn-do = 10 цифр у организации, 12 у предпринимателя.
inn-is = ИНН { $inn }
kpp = КПП
kpp-do = По нему различают филиалы.
qr-label = Ссылка в виде QR-кода
line-edit = Линия
line-tier = Кто на ней работает
line-tier-do = Чего не решит одна линия, передают на следующую.
tier-consultants = Линия 1: консультанты
tier-programmers = Линия 2: программисты
tier-developers = Линия 3: разработчики
tier-vendor = Линия 4: вендор
line-description = О чём сюда обращаться
line-description-do = Это прочтёт клиент, когда будет выбирать линию.
line-order = Место в списке
line-order-do = Линии одного вида стоят по этому числу.
organisation-edit = Организация
organisation-note = Заметка
organisation-note-do = Её видят только ваши сотрудники.
organisation-people = Люди: { $names }
products = Программы клиента
product = Программа
release = Релиз
product-add = Добавить программу
product-drop = Убрать программу
own-specialist = Свой специалист
own-specialist-do = Ему предложим обращение первым. Если он занят, ответит линия.
own-specialist-all = Все линии
own-specialist-none = Не назначен
person-edit = Человек
person-known = не приглашён
memberships = Организации
memberships-do = Человек может помогать вести дела нескольких. Вне указанных дат обратиться от имени организации нельзя.
memberships-more = { $count ->
    [one] и ещё { $count } организация
    [few] и ещё { $count } организации
   *[other] и ещё { $count } организаций
 }
membership-add = Добавить организацию
membership-drop = Убрать из организации «{ $name }»
membership-role = Кто в ней
membership-since = С какого дня
membership-until = По какой день
member-user = сотрудник
member-responsible = ответственный
skill-level = Уровень на линии «{ $line }»
level-junior = учится
level-sure = уверенно
level-expert = эксперт
skills = Навыки
skills-do = Через запятую: «Зарплата, обмены данными».
groups = Группы
groups-do = Смена, отдел или команда: чтобы не выбирать людей по одному.
group-make = Новая группа
group-edit = Группа
group-name = Название группы
group-members = Кто в ней
group-empty = Пока никого
group-drop = Удалить группу
invite-again = Новое приглашение
invite-again-do = Для нового компьютера. Старые устройства останутся, пока их не отключить.
invite-known-do = Человек есть в списке, но ещё не вошёл.
bulk-open = Пригласить многих
bulk-title = Приглашения списком
bulk-lead = Каждый получит свою ссылку. Их можно распечатать с QR-кодами и раздать.
bulk-make = { $count ->
    [one] Сделать { $count } приглашение
    [few] Сделать { $count } приглашения
   *[other] Сделать { $count } приглашений
 }
bulk-going = Делаем приглашения…
bulk-made = { $count ->
    [one] Готово { $count } приглашение.
    [few] Готово { $count } приглашения.
   *[other] Готово { $count } приглашений.
 }
bulk-skipped = Не получилось: { $count }. Откройте этих людей и проверьте, всё ли указано.
bulk-once = Ссылки есть только здесь и пока открыта Опора
bulk-once-do = Сохраните лист для печати сейчас. Потом можно сделать новые приглашения, старые тоже сработают.
bulk-print = Сохранить и напечатать
bulk-saved = Лист сохранён и открыт в браузере: напечатайте его оттуда и удалите файл
setup-devices = Устройства
all-devices-lead = Компьютеры, с которых входят ваши люди и клиенты. Отключённый теряет связь сразу, и ему больше никто не верит.
devices = Устройства
devices-do = Потеряли компьютер или сменили его — отключите старый здесь.
devices-empty = Список придёт, когда будет связь со службой.
device-add = Добавить
device-link = Ссылка для вашего второго компьютера, работает { $minutes } минут
device-link-do = Откройте её только на своём компьютере: он войдёт под вашим именем.
device-this = это устройство
device-unnamed = Без названия
device-name = Название устройства
device-rename = Назвать: { $name }
device-since = с { $day }
device-vouched = добавлено с «{ $name }»
device-revoke = Отключить
device-revoke-sure = Отключить «{ $name }»? Связь прервётся сразу, вернуть это устройство нельзя: понадобится новое приглашение и чистый профиль.
new-invite = Новое приглашение
new-invite-lead = { $name } войдёт по нему с другого компьютера и увидит свои беседы.
new-invite-checked = Я убедился, что это действительно { $name }: перезвонил по известному номеру или узнал голос
new-invite-going = Ждём подтверждения…
new-invite-later = Ссылка ещё не подтверждена
new-invite-later-do = Её подтвердит Опора владельца, как только появится на связи. До тех пор ссылка не сработает.
setup-start = Первые шаги
steps-lead = Четыре шага, около пяти минут. В конце служба готова принять первое обращение.
start-done-lead = Служба готова принимать обращения.
start-leave = Можно прерваться: сделанное останется, и вы продолжите с этого места.
start-next = Дальше: загрузите остальных клиентов из таблицы в разделе «Импорт» или добавляйте их в «Людях и линиях».
start-is-done = готово
start-line = Первая линия
start-line-do = Очередь, в которую придут обращения. Остальные добавите позже.
start-line-done = Обращениям есть куда приходить.
start-line-usual = Первая линия
start-specialist = Первый специалист
start-specialist-do = Тот, кто будет отвечать. Передайте ему ссылку-приглашение.
start-specialist-done = Приглашение сделано.
start-specialist-go = Пригласить специалиста
start-client = Первый клиент
start-client-do = Организация и человек из неё, который попросит помощи.
start-client-done = Клиент может попросить помощи.
start-client-go = Пригласить клиента
colleagues = Обращения коллег
colleagues-do = Вы отвечаете за организацию и видите, о чём просят коллеги. Сами беседы видят только их участники.
colleague-open = ждёт
colleague-taken = в работе
colleague-over = завершено
error-inn_wrong = В ИНН ошибка: контрольные цифры не сходятся
error-inn_wrong-do = Сверьте его с документами. Можно оставить пустым и вписать позже.
error-kpp_wrong = Так КПП не выглядит
error-kpp_wrong-do = В нём 9 знаков, например 773601001. Можно оставить пустым.
error-email_wrong = Это не похоже на адрес почты
error-email_wrong-do = Впишите один адрес, например anna@romashka.ru, или оставьте пустым.
error-key_elsewhere = Ключ организации на другом компьютере владельца
error-key_elsewhere-do = Делать приглашения можно там, где служба была основана. Откройте Опору на том компьютере.
error-device_revoked = Это устройство отключили от службы
error-device_revoked-do = Написанное хранится здесь. Чтобы войти снова, попросите новое приглашение и откройте его в новом профиле Опоры.

## Импорт
setup-import = Импорт
import-lead = Загрузите организации, людей, договоры и заявки из таблицы. Сначала покажем, что изменится, и только потом отправим.
import-empty = Подойдёт CSV или XLSX: выгрузка из 1С, Excel или CRM
import-empty-do = В первой строке заголовки столбцов. До 20 000 строк и 16 МБ.
import-pick = Выбрать файл
import-other = Закрыть таблицу
import-total = { $count ->
    [one] { $count } строка
    [few] { $count } строки
   *[other] { $count } строк
 }
import-dry = Пока ничего не отправлено
import-dry-do = Проверьте столбцы и отчёт. Строки с ошибками пропустим, остальные загрузим.
import-running = Загружаем: { $done } из { $of }
import-interrupted = Связь прервалась: загружено { $done } из { $of }
import-interrupted-do = Загруженное цело. Когда появится связь, продолжите: ничего не задвоится.
import-done = Загрузка закончена
import-done-do = Исправьте строки с ошибками в таблице и загрузите её снова: изменится только разница.
import-go-on = Продолжить
import-run = { $count ->
    [one] Загрузить { $count } строку
    [few] Загрузить { $count } строки
   *[other] Загрузить { $count } строк
 }
import-nothing = Загружать нечего: всё уже так, как в таблице, или строки с ошибками.
import-columns = Что в столбцах
import-no-heading = Столбец { $number }
import-no-samples = пусто
import-field-of = Что в столбце «{ $heading }»
import-report = Отчёт по строкам
import-save = Сохранить в CSV
import-report-of = Импорт — { $file }
import-row = Строка
import-what = Итог
import-who = Кто
import-changes = Что изменится или почему нет
import-more = И ещё { $more } строк, они не показаны.
import-outcome-added = добавим
import-outcome-changed = изменим
import-outcome-same = без изменений
import-outcome-wrong = с ошибкой
import-field-skip = не загружать
import-field-organisation = Организация
import-field-inn = ИНН
import-field-kpp = КПП
import-field-note = Заметка
import-field-product = Программа
import-field-release = Релиз
import-field-person = Имя целиком
import-field-surname = Фамилия
import-field-given_name = Имя
import-field-patronymic = Отчество
import-field-email = Почта
import-field-phone = Телефон
import-field-responsible = Ответственный
import-reason-no_organisation = Не названа организация
import-reason-no_name = Нет имени
import-reason-inn_length = В ИНН должно быть 10 или 12 цифр
import-reason-inn_digits = В ИНН опечатка: контрольные цифры не сходятся
import-reason-kpp = Так КПП не выглядит
import-reason-email = Это не адрес почты
import-reason-phone = Это не телефон
import-reason-too_long = Слишком длинно
import-reason-which_organisation = Так называются несколько организаций: добавьте ИНН и КПП
import-reason-which_person = Подходят несколько людей: добавьте почту
import-reason-contradicts = Противоречит другой строке о том же человеке
import-against = Верим строке { $row }: в ней сказано иначе
import-reason-own_people = Это адрес вашего сотрудника, а не клиента
import-field-contract = Номер договора
import-field-level = Уровень
import-field-from = Первый день
import-field-to = Последний день
import-field-kind = Что оплачено
import-field-amount = Сколько часов или обращений
import-field-every = Как часто пополняется
import-every-term = один раз на весь срок
import-every-month = каждый месяц
import-list-people = Это список организаций и людей. Договоры загружаются из таблицы, где есть столбец «Номер договора», заявки из таблицы со столбцом «Тема заявки».
import-field-subject = Тема заявки
import-field-ticket = Номер заявки
import-field-description = Подробности заявки
import-field-tracker = Вид заявки
import-field-priority = Срочность заявки
import-field-status = Статус заявки
import-field-category = Раздел заявки
import-field-due = Нужно к дате
import-list-tickets = Это список заявок. Клиенты уже должны быть в Опоре. Закрытые заявки не переносим: их здесь никто не вёл.
import-reason-no_subject = Нет темы
import-reason-no_person = Не сказано, чья это заявка
import-reason-unknown_person = Такого клиента пока нет: сначала загрузите людей, или добавьте почту или организацию
import-reason-ticket_twice = В другой строке о той же заявке сказано иначе
import-reason-over = Заявка уже закрыта
import-reason-tracker = Непонятен вид: пишите «ошибка», «консультация», «пожелание» или свой вид заявок
import-reason-priority = Непонятна срочность: пишите «не спешит», «обычная», «высокая» или «срочная»
import-reason-category = Такого раздела нет
import-list-contracts = Это список договоров. Организации уже должны быть в Опоре; люди из этой таблицы не загружаются.
import-reason-unknown_organisation = Такой организации пока нет: сначала загрузите организации
import-reason-no_number = Нет номера договора
import-reason-which_contract = Подходят несколько договоров: добавьте организацию
import-reason-contract_twice = В другой строке о том же договоре сказано иначе
import-reason-no_level = Не назван уровень
import-reason-no_start = Не назван первый день договора
import-reason-date = Это не дата: пишите 31.12.2026 или 2026-12-31
import-reason-dates = Договор кончается раньше, чем начинается
import-reason-kind = Непонятно, что оплачено: пишите «всё включено», «по часам», «по обращениям» или «за услуги»
import-reason-amount = Объём — это число часов или целое число обращений; другим видам договора он не нужен
import-reason-no_line = Сначала создайте линию: договор разрешает обращаться в линии
import-reason-refused = Служба не приняла строку
error-table_too_large = Таблица слишком велика
error-table_too_large-do = Разделите её на части до 16 МБ и загрузите по очереди.
error-table_too_many_rows = В таблице больше 20 000 строк
error-table_too_many_rows-do = Разделите её на части и загрузите по очереди.
error-table_not_one = Это не CSV и не XLSX
error-table_not_one-do = Сохраните таблицу из своей программы как CSV или XLSX и выберите её снова.
error-table_empty = В таблице нет строк
error-table_empty-do = В первой строке должны быть заголовки, ниже данные. Загружается первый лист книги.
error-import_runs = Загрузка ещё идёт
error-import_runs-do = Дождитесь её конца.

## Часы работы
setup-hours = Часы работы
hours-lead = Когда линии принимают обращения. В нерабочее время обращение можно оставить: оно ждёт открытия и сохраняет своё место.
hours-no-line = Линий пока нет
hours-no-line-do = Добавьте линию в разделе «Люди и линии», и здесь можно будет задать ей часы.
hours-none = Линия принимает обращения круглосуточно. Часы работы ей не заданы.
hours-begin = Задать часы: пн–пт с 9 до 18, обед с 13 до 14
hours-make-always = Сделать круглосуточной
hours-week = Неделя
hours-week-hint = Проведите мышью по дню, чтобы добавить часы; тяните за край или за середину, чтобы изменить. Или впишите: «9–13, 14–18». С клавиатуры: стрелки сдвигают, Shift и стрелки двигают конец, Alt и стрелки начало, Delete убирает.
hours-day-closed = закрыто
hours-typed = Часы, { $day }
hours-typed-wrong = Не получилось разобрать. Напишите так: 9–13, 14–18.
hours-opening = { $day }, с { $from } до { $to }
hours-copy-week = Так же с понедельника по пятницу
hours-copy-weekend = Так же в субботу и воскресенье
hours-zone = Часовой пояс
hours-zone-hint = По этим часам живёт линия. Клиентам время показывается по их часам.
hours-zone-russia = Россия
hours-zone-world = Весь мир
city-kaliningrad = Калининград
city-moscow = Москва
city-samara = Самара
city-yekaterinburg = Екатеринбург
city-omsk = Омск
city-krasnoyarsk = Красноярск
city-irkutsk = Иркутск
city-yakutsk = Якутск
city-vladivostok = Владивосток
city-magadan = Магадан
city-kamchatka = Камчатка
hours-also = Сохранить и для линий
hours-save = Сохранить
hours-saved = Сохранено
hours-discard = Вернуть как было
hours-always = работает круглосуточно
hours-open =
    открыта до { $until }{ $yours ->
        [yes] { " " }по вашему времени
       *[no] { "" }
    }
hours-break =
    обед до { $until }{ $yours ->
        [yes] { " " }по вашему времени
       *[no] { "" }
    }
hours-closed =
    { $has ->
        [yes] закрыта ({ $why })
       *[no] закрыта
    }, откроется { $until }{ $yours ->
        [yes] { " " }по вашему времени
       *[no] { "" }
    }
hours-closed-for-good = пока не принимает обращений
weekday-monday = Пн
weekday-tuesday = Вт
weekday-wednesday = Ср
weekday-thursday = Чт
weekday-friday = Пт
weekday-saturday = Сб
weekday-sunday = Вс
weekday-as-monday = понедельник
weekday-as-tuesday = вторник
weekday-as-wednesday = среда
weekday-as-thursday = четверг
weekday-as-friday = пятница
weekday-as-saturday = суббота
weekday-as-sunday = воскресенье
holidays-title = Праздники каждый год
holidays-hint = В эти дни линия закрыта. Переносы выходных на год вносите справа.
holidays-preset = Добавить праздники России
holidays-none = Праздников нет
holiday-drop = Убрать { $date }
holiday-date = Дата праздника
holiday-name = Название
holiday-add = Добавить
exceptions-title = Особые даты
exceptions-hint = Перенесённые выходные, короткие дни, рабочие субботы. Особая дата важнее праздника.
exceptions-none = Особых дат нет
exception-drop = Убрать { $date }
exception-date = Дата
exception-what = Что в этот день
exception-closed = закрыто
exception-open = другие часы
exception-as = работаем как в другой день
exception-as-day = работаем как в { $day }
exception-hours = Часы
exception-weekday = Как в какой день
exception-note = Примечание
exception-add = Добавить
closed-title = Линия закрыта
closed-lead = Обращение всё равно можно отправить: оно встанет в очередь, сохранит время и место, и его возьмут, как только линия откроется.
closed-or = Не горит?
closed-ticket = Составить заявку
callback-wanted = Перезвоните мне
callback-phone = Телефон
callback-phone-hint = Его увидят только специалисты. Можно с добавочным.
callback-when = Когда удобно
callback-soon = Как можно скорее
callback-soon-opens = Как только откроетесь ({ $until })
callback-exact = В определённое время
callback-add = Попросить перезвонить
callback-change = Изменить
callback-title = Перезвоните мне
callback-save = Сохранить
callback-drop = Звонить не нужно
callback-asked-soon = Перезвоним на { $phone }
callback-asked-at = Перезвоним на { $phone }: { $at }
callback-row-soon = перезвонить: { $phone }
callback-row-at = { $phone }, { $at }
queue-closed = { $line } { $sentence }
queue-keeps = Ваше место сохранено: обращение возьмут, как только линия откроется.
span-minutes = { $minutes } мин
span-hours = { $hours } ч
span-both = { $hours } ч { $minutes } мин

## Договоры
setup-contracts = Договоры
contracts-lead = Кто, до какого числа и на каких линиях обслуживается. Доступ закрывается и открывается сам, по датам.
contracts-without = Помогать клиентам без договора
contracts-without-hint = Если выключить, помощь получат только организации с действующим договором.
contracts-no-organisation = Организаций пока нет
contracts-no-organisation-do = Добавьте организацию в разделе «Люди и линии», затем вернитесь к договору.
contracts-find = Найти организацию
contract-new = Договор
contract-make = Новый договор: { $name }
contract-edit = Договор: { $name }
contract-number = Номер
contract-level = Уровень
contract-level-usual = Базовый
contract-rank = Старшинство уровня
contract-rank-hint = Больше число, важнее уровень.
contract-first = Первый день
contract-last = Последний день
contract-endless = Без срока
contract-paid = Оплачен
contract-grace = Льготные дни
contract-grace-hint = Сколько дней помогаем после окончания или пока нет оплаты.
contract-dates-wrong = Последний день раньше первого. Поправьте даты.
contract-kind = Что оплачено
contract-kind-flat = всё включено
contract-kind-hours = по часам
contract-kind-requests = по обращениям
contract-kind-services = за каждую услугу
contract-hours = Часов
contract-requests = Обращений
contract-every = Объём
contract-every-term = на весь срок
contract-every-month = каждый месяц
contract-step = Время списывается по
contract-lines = Линии и способы помощи
contract-lines-none = Отметьте хотя бы одну линию.
channel-chat = Переписка
channel-call = Звонки
channel-remote = Показ экрана
contract-urgent = Срочно
contract-urgent-yes = «не работает» идёт первым
contract-urgent-no = на общих основаниях
contract-save = Сохранить
contract-drop = Удалить
contract-drop-ask = Удалить договор?
contract-drop-sure = Да, удалить
contract-word-none = без договора
contract-word-good = действует
contract-word-low = осталось мало
contract-word-soon = скоро закончится
contract-word-grace = льготный срок
contract-word-spent = израсходован
contract-word-unpaid = не оплачен
contract-word-over = закончился
contract-word-ahead = начнётся позже
contract-left = Осталось
contract-amount = { $left } из { $of }
contract-left-time = осталось { $time }
contract-left-requests =
    { $count ->
        [one] осталось { $count } обращение
        [few] осталось { $count } обращения
       *[many] осталось { $count } обращений
    }
contract-left-nothing = ничего не осталось
contract-over-by = перерасход { $time }
contract-until = до { $date }
contract-from = с { $date }
contract-ended = закончился { $date }
contract-open-end = без срока
contract-term = Срок
contract-mine = Ваш договор поддержки
contract-of = Договор поддержки: { $name }
contract-others = Другие ваши договоры поддержки
contract-refills = пополнится { $day } в { $time }
contract-soon =
    { $count ->
        [0] Сегодня последний день договора поддержки
        [1] Завтра последний день договора поддержки
        [one] Договор поддержки действует ещё { $count } день
        [few] Договор поддержки действует ещё { $count } дня
       *[many] Договор поддержки действует ещё { $count } дней
    }
contract-soon-do = Попросите продлить его заранее, чтобы помощь не прерывалась.
contract-grace-until = Срок договора прошёл, но мы помогаем вам до { $date }
contract-low = По договору осталось меньше пятой части
contract-none-served = Договора нет. Клиентам без договора служба помогает.
contract-none-refused = Договора нет. Клиентам без договора служба не помогает.
contract-no-screen = Новый показ экрана недоступен:
client-contract = Договор
no-no_contract = У вашей организации нет договора поддержки.
no-ahead = Договор поддержки ещё не начал действовать.
no-over = Договор поддержки закончился.
no-unpaid = Договор поддержки не оплачен.
no-spent = Оплаченное по договору израсходовано.
no-line = Эта линия не входит в договор.
no-channel = Такой способ помощи не входит в договор.
no-still = Переписку можно читать, начатый показ экрана закончить. Чтобы снова просить помощи, продлите договор.
no-line-do = Выберите другую линию.
no-organisation-do = Выберите другую организацию или линию.
renewal-ask = Попросить продлить
renewal-title = Продление договора
renewal-lead = Служба поддержки получит просьбу сразу и ответит вам. Отправляется одна просьба от организации.
renewal-comment = Что-нибудь добавить?
renewal-send = Отправить
renewal-sent-mine = Просьба о продлении отправлена: { $at }. Ждём ответа службы.
renewal-sent = { $name }: просьба о продлении отправлена ({ $at }). Ждём ответа службы.
renewal-colleague = Коллега
renewal-wish = { $name }: просят продлить договор ({ $at })
renewal-answered = Ответили
close-spent = Сколько времени ушло
close-spent-hint = Рабочего времени прошло: { $time }. Поправьте, если было иначе.
close-spent-noted = Вы уже записали время этой беседы; новое значение его заменит.
close-spent-apart = Показ экрана записан отдельно: { $time }.
close-minutes = минут
close-minutes-wrong = Нужно целое число минут, не больше суток.
close-drawn = Спишется { $time } (шаг { $step }).
close-left = Сейчас { $left }.

## Маршрутизация

setup-routing = Распределение
routing-lead = Кому и в каком порядке достаются обращения. Изменения действуют сразу, в том числе для тех, кто уже ждёт.
routing-urgency = Срочность
routing-urgency-do = Чем раньше очередь, тем раньше ответят. Внутри одной очереди первым идёт тот, кто дольше ждёт.
routing-rank =
    { $rank ->
        [1] Первая очередь
        [2] Вторая очередь
        [3] Третья очередь
       *[other] Четвёртая очередь
    }
routing-ageing = Переход выше, минут
routing-ageing-do = Прождав столько, обращение идёт наравне с новыми из очереди выше. Поэтому никто не ждёт вечно.
routing-own = Ждать своего, минут
routing-own-do = Столько ждут своего специалиста, если он занят. Если он на обеде или не на месте, линия отвечает сразу.
routing-offer = На ответ, секунд
routing-offer-do = Столько звонит специалисту. Потом обращение предлагают другому, место в очереди сохраняется.
routing-save = Сохранить
routing-saved = Всё сохранено
routing-overflow = Помощь другой линии
routing-overflow-do = Обращение, которое ждёт слишком долго, предлагают и специалистам второй линии.
routing-overflow-to = Кто помогает линии «{ $line }»
routing-overflow-none = никто
routing-after = через
routing-minutes = мин
routing-capacity = Беседы одновременно
routing-capacity-do = Больше этого специалисту не предлагают. Беседы на удержании не в счёт. Ноль означает «не предлагать».
routing-capacity-of = Бесед одновременно: { $name }

decline-why = Почему не сейчас? Это увидит руководитель.
decline-phone = Говорю по телефону
decline-task = Заканчиваю другое дело
decline-topic = Не моя тема
decline-none = Без причины
decline-own = Другая причина
decline-go = Отказаться

hold = На удержание
hold-do = Освободит место. Беседа вернётся, когда клиент напишет.
hold-on = На удержании
hold-lead = Место освобождено. Беседа вернётся сама, когда клиент напишет.
hold-resume = Вернуть в работу

way = Как обращение попало сюда
way-why = Почему { $name }
way-taken = Взято из очереди вручную
way-taken-do = Обращение никому не предлагали.
way-offered = Предложено: { $name }.
way-because-own = Свой специалист клиента
way-because-only = Больше некому
way-because-least_loaded = Меньше всех бесед
way-because-longest_idle = Бесед поровну, дольше всех свободен
way-because-asked_again = Остальные отказались или недоступны
way-own = свой специалист
way-overflow = помогает другой линии
way-full = руки заняты: { $active } из { $capacity }
way-passed = только что отказался или не ответил
way-load = в работе { $active } из { $capacity }, без новых { $minutes } мин
way-back-declined = { $name }: «не сейчас»
way-back-lapsed = { $name }: нет ответа вовремя
way-back-left = { $name }: сменил статус, пока звонило

wait-under =
    { $count ->
        [1] Обычно меньше минуты
       *[other] Обычно до { $count } мин
    }
wait-range = Обычно { $from }–{ $to } мин
wait-soon = Специалист свободен, сейчас ответит.
wait-all_busy = Все специалисты сейчас заняты.
wait-lunch = У специалистов обед до { $time }. Место в очереди сохраняется.
wait-closed = Линия сейчас не работает. Обращение останется в очереди.
wait-closed-until = Линия откроется: { $time }. Место в очереди сохраняется.
wait-nobody = Сейчас на линии никого нет. Обращение примут, как только специалист выйдет на линию.

## Доступность

presence-label = Ваш статус: { $status }
presence-choose = Ваш статус
presence-unknown = нет связи
presence-on_line = на линии
presence-available = на линии
presence-lunch = обед
presence-lunch-until = обед до { $time }
presence-away = не на месте
presence-away-until = не на месте до { $time }
presence-off = не на линии
presence-gone = нет связи
presence-out_of_hours = линия закрыта
presence-closed = линия закрыта
presence-closed-until = линия закрыта до { $time }
presence-until = до
presence-go = На обед
presence-colleagues = Коллеги
load-of = Бесед: { $active } из { $capacity }

## Передача

head-transfer = Передать
transfer-title = Передать беседу
transfer-where = Кому
transfer-colleague = Коллеге
transfer-line = В очередь линии
transfer-colleague-note = Беседа остаётся вашей, пока коллега не примет её. Клиент заранее увидит имя.
transfer-line-note = Обращение встанет на своё прежнее место по времени, а вы выйдете из беседы.
transfer-offer = Предложить
transfer-offer-to = Предложить: { $name }
transfer-queue = Вернуть в очередь
transfer-stays = Остаться в беседе вторым специалистом
talks-in-hand =
    { $count ->
        [0] свободен
        [one] { $count } беседа
        [few] { $count } беседы
       *[many] { $count } бесед
    }
colleague-inside = в беседе
colleague-on = на линии
colleague-off = не на линии
brief-problem = В чём дело
brief-problem-hint = Своими словами. Коллега прочтёт это до того, как ответит клиенту.
brief-tried = Что уже пробовали
brief-mood = Настроение клиента
brief-picked = Сообщения из беседы
picked-count = { $count } из { $most }
mood-none = не указывать
mood-calm = спокоен
mood-pressed = торопится
mood-upset = раздражён

incoming = { $name } передаёт вам беседу
incoming-left = Осталось { $time }
incoming-stays = { $name } останется рядом
incoming-screen = Сейчас идёт показ экрана. Он продолжится с вами, как только клиент разрешит.
incoming-accept = Принять беседу
incoming-decline = Отказаться
decline-reason = Почему
decline-hint = Увидит только тот, кто передаёт.
decline-send = Отказаться
outgoing = Предложено: { $name }.
outgoing-note = Пока беседа ваша; ждём ответа { $time }.
outgoing-cancel = Отменить передачу
told-accepted = { $customer }: беседу ведёт { $name }
told-declined = { $customer }: { $name } не может принять беседу
told-expired = { $customer }: ответа от { $name } не было
told-overtaken = { $customer }: передача отменена, беседа пошла иначе
told-cancelled = { $customer }: передача отменена
told-reason = Причина: { $reason }. Беседа по-прежнему ваша.
told-yours = Беседа по-прежнему ваша, если вы её не завершили.
told-read = Понятно
handed = Вас передают: { $name }
handed-note = Специалист уже читает, что было. Повторять ничего не придётся.

entry-announced = Беседу передают: { $name }
entry-passed = Теперь отвечает { $name }
entry-added = К беседе подключили: { $name }
entry-left = Из беседы вышли: { $name }
entry-returned = Обращение снова в очереди: { $line }. Место по времени сохранено
entry-kept = Передача не состоялась, специалист прежний
conversation-over-left = Вы вышли из этой беседы. То, что было сказано до этого, остаётся здесь.
row-left = вы вышли
ended-handed_over = беседу передали другому

participants = Кто в беседе
participant-me = { $name } (вы)
participant-owner = ведёт
participant-begin = Позвать
participant-who = Кого
participant-from = С какого места видно беседу
participant-from-hint = Человек войдёт, когда согласится. Клиент увидит, кого подключили.
participant-from-start = С самого начала
participant-add = Позвать
participant-none = Звать некого: все здесь или уже приглашены.
participant-words = Зачем зовёте
participant-words-hint = Человек прочтёт это до того, как ответит.
asked-waits = позвали, ждём ответа до { $time }
asked-withdraw = Отозвать
asked-declined = отказ: { $reason }
asked-no-reason = без объяснения
asked-expired = ответа не было
invited = { $name } зовёт вас в беседу
invited-until = Ответить можно до { $time }
invited-accept = Войти в беседу
invited-reason = Почему нет
invited-reason-hint = Прочтут сотрудники поддержки; клиент не увидит.
leave = Выйти из беседы
leave-sure = Выйти
leave-keep = Остаться

side = Рядом с беседой
side-client = Клиент
side-notes = Заметки
side-vendor = Вендор
notes = Заметки сотрудников
notes-only = Видят только сотрудники. Клиент этого не увидит.
notes-none = Заметок пока нет.
note-write = Заметка для коллег
note-send = Записать
whisper = Подсказка специалисту
whisper-only = Прочитает { $name }: подсказка придёт с вашим именем. Клиент её не увидит.
whisper-only-nobody = Прочитает тот, у кого будет беседа: подсказка придёт с вашим именем. Клиент её не увидит.
whisper-write = Что подсказать
whisper-send = Подсказать
beside-offered = Предложено: { $name }
beside-invited = Позвали в беседу: { $name }. Зачем: { $words }
beside-invitation-joined = { $name }: в беседе
beside-invitation-declined = { $name }: отказ. Причина: { $reason }
beside-invitation-withdrawn = { $name }: больше не зовём
beside-invitation-expired = { $name }: ответа не было
beside-invitation-overtaken = { $name }: беседа пошла иначе
beside-queued = Возвращено в очередь: { $line }
beside-ended-accepted = Беседа принята
beside-ended-declined = Отказ
beside-ended-cancelled = Передача отменена
beside-ended-expired = Ответа не было
beside-ended-overtaken = Беседа пошла иначе

role-vendor = Вендор
setup-vendors = Вендоры
vendors-about = Фирмы, у которых спрашивают ваши специалисты. Сотрудник вендора видит только то, что ему передали.
vendors-none = Вендоров пока нет.
vendor-name = Название
vendor-make = Добавить
vendor-invite = Пригласить сотрудника
vendor-invite-title = Пригласить: { $name }
vendor = Вопрос вендору
vendor-none = Вендора ещё не спрашивали. Он увидит вопрос и выбранные сообщения, но не саму беседу.
vendor-none-yours = Вендора не спрашивали.
vendor-ask = Спросить вендора
vendor-title = Вопрос вендору
vendor-more-title = Передать ещё
vendor-who = Кого спрашиваем
vendor-question = Вопрос
vendor-question-hint = Что известно и что нужно узнать.
vendor-picked = Передать сообщения
vendor-note = Вендор увидит только вопрос и отмеченное. Клиент этой переписки не видит.
vendor-no = Вендоров пока нет. Владелец службы добавит их в настройке.
vendor-send = Спросить
vendor-more = Передать ещё сообщения
vendor-more-send = Передать
vendor-settle = Вопрос решён
vendor-settled = Вопрос закрыт
vendor-asked = Вопрос: { $name }
vendor-handed = из беседы
vendor-quote = Переслать клиенту
vendor-write = Написать: { $name }
vendor-questions = Вопросы
vendor-questions-none = Вопросов нет. Новый появится здесь сам.
vendor-open = Откройте вопрос слева
quote-title = Переслать клиенту
quote-text = Сообщение для клиента
quote-hint = Поправьте, если нужно: уйдёт от вашего имени.
quote-file = Вместе с файлом «{ $name }». Уйдёт от вашего имени.
quote-send = Отправить клиенту

## Наблюдение

rail-board = Доска
board-tab-now = Сейчас
board-tab-audit = Журнал
board-waiting-now = Ждут сейчас
board-asked-today =
    { $count ->
        [one] { $count } обращение сегодня
        [few] { $count } обращения сегодня
       *[other] { $count } обращений сегодня
    }
board-first = Первый ответ
board-first-most = в девяти случаях из десяти за { $time }
board-first-none = сегодня ещё не отвечали
board-rating = Оценка за день
board-rated =
    { $count ->
        [0] оценок пока нет
        [one] { $count } оценка
        [few] { $count } оценки
       *[other] { $count } оценок
    }
board-closed = Завершено
board-answered =
    { $count ->
        [one] ответили на { $count } обращение
       *[other] ответили на { $count } обращений
    }
board-lines = Линии
board-line = Линия
board-line-waiting = Ждут
board-line-oldest = Дольше всех
board-line-on = На линии
board-lines-none = Линий пока нет.
board-people = Сотрудники
board-people-none = Пока никто не вошёл.
board-load = Бесед: { $active } из { $capacity }
board-talks = Обращения
board-waiting = Ждут
board-waiting-none = Никто не ждёт.
board-held = В работе
board-held-none = Сейчас никто ни с кем не говорит.
board-over = Недавно завершены
board-over-none = Завершённых пока нет.
board-nobody = ещё никто
board-offline = Нет связи со службой
board-offline-do = Доска показывает только то, что верно сейчас. Она вернётся сама, как только появится связь.
doing-free = Свободен
doing-busy = Занят
doing-full = Нагрузка полная
doing-off = Не на линии
doing-lunch = На обеде
doing-away = Отошёл
doing-gone = Не в программе
look-in = Заглянуть
look-in-who = Заглянуть в беседу: { $name }
look-own = Открыть
look-unseen = Вас не видно
look-note = Клиент не узнает, что вы читаете; специалист — только из подсказки. Каждый просмотр и каждая подсказка остаются в журнале, его видят владелец и руководители.
look-side = Подсказка и оценка
take-over = Забрать беседу
take-over-sure = Сейчас отвечает { $name } и выйдет из беседы. Дальше отвечать будете вы, клиент увидит ваше имя.
take-over-sure-stays = { $name } остаётся в беседе вторым специалистом. Дальше отвечать будете вы, клиент увидит ваше имя.
take-over-stays = Оставить в беседе: { $name }
taken-over = { $name } забирает у вас беседу: { $customer }
taken-over-do = Отвечать клиенту теперь будет руководитель. Вы вышли из беседы; сказанное до этого можно прочитать.
taken-over-stays = Отвечать клиенту теперь будет руководитель. Вы остались в беседе вторым специалистом.
taken-open = Открыть беседу
mark-title = Оценка руководителя
mark-lead = Её видят специалист и руководители. Клиент не узнает.
mark-given = Оценено: { $stars } из 5
mark-shown = Руководитель оценил работу: { $stars } из 5
mark-short = { $stars } из 5
mark-question = Как провели беседу?
mark-again = Изменить оценку
mark-comment = Что получилось, что улучшить
mark-give = Оценить
audit-lead = Кто из руководителей и когда заглядывал в беседы, подсказывал, забирал их и оценивал. Записи нельзя изменить или стереть.
audit-none = Пока никто никуда не заглядывал.
audit-when = Когда
audit-who = Кто
audit-what = Что
audit-client = Клиент
audit-specialist = Чья беседа
audit-more =
    { $count ->
        [one] Ещё { $count } запись раньше этих.
        [few] Ещё { $count } записи раньше этих.
       *[other] Ещё { $count } записей раньше этих.
    }
act-looked_in = Просмотр начат
act-looked_away = Просмотр окончен
act-whispered = Подсказка специалисту
act-took_over = Беседа забрана
act-marked = Оценка

## Отчёты

rail-reports = Отчёты
report-period = Период
report-period-today = Сегодня
report-period-week = Неделя
report-period-month = Месяц
report-period-custom = Свой
report-from = С
report-to = По
report-line = Линия
report-line-all = Все линии
report-xlsx = Всё в XLSX
report-csv-of = Сохранить в CSV: { $name }
report-saved = Отчёт сохранён
report-loading = Считаем…
report-empty = За этот период обращений не было. Выберите другой период или линию.
report-offline-do = Отчёты считает служба. Они появятся, когда вернётся связь.
report-answered = { $count } с ответом
report-closed = { $count } завершено
report-most = в девяти случаях из десяти за { $time }
report-tile-asked = Обращений
report-tile-first = Первый ответ
report-tile-resolution = Решение
report-tile-closed = Доля завершённых
report-tile-rating = Оценка клиентов
report-chart = Обращения по дням
report-chart-words =
    { $count ->
        [one] Обращения по дням: { $count } за { $days } дн.
       *[other] Обращения по дням: { $count } за { $days } дн.
    }
report-heat = Нагрузка по часам
report-heat-cell = { $day }, { $hour }:00 — { $count }
report-table-lines = По линиям
report-table-clients = По клиентам
report-table-specialists = По специалистам
report-table-classes = По видам
report-table-products = По программам
report-table-days = По дням
report-table-hours = По часам
report-table-stars = Оценки клиентов
report-table-customers = Клиенты
report-table-none = За этот период ничего нет.
report-table-more =
    { $count ->
        [one] Ещё { $count } строка — в файле.
        [few] Ещё { $count } строки — в файле.
       *[other] Ещё { $count } строк — в файле.
    }
report-head-line = Линия
report-head-client = Клиент
report-head-specialist = Специалист
report-head-class = Вид
report-head-product = Программа
report-head-asked = Обращений
report-head-answered = С ответом
report-head-closed = Завершено
report-head-share = Доля
report-head-first-half = Первый ответ, половина
report-head-first-most = Первый ответ, 90 %
report-head-closed-half = Решение, половина
report-head-closed-most = Решение, 90 %
report-head-rating = Оценка
report-head-head-rating = Оценка руководителя
report-head-noted = Время по записям
report-head-minutes = Списано по договору
report-head-day = День
report-head-weekday = День недели
report-head-hour = Час
report-head-stars = Звёзд
report-head-rated = Сколько раз
report-head-what = Показатель
report-head-value = Значение
report-unknown = неизвестно
report-no-client = без организации
report-nobody = никто не взял
report-no-product = программа не указана
report-clients-all = Клиентов всего
report-clients-paid = С оплаченным договором
report-clients-grace = На отсрочке
report-clients-new = Новых
report-clients-lost = Ушедших
report-registered = Новых людей вошло
report-register-half = От приглашения до входа, половина
report-register-most = От приглашения до входа, 90 %
report-note = Первый ответ — первое сообщение человека клиенту после последнего открытия; автоматические не считаются. Время — рабочее время линии. «Половина» и «90 %» — столько обращений уложилось в это время.
weekday-0 = Понедельник
weekday-1 = Вторник
weekday-2 = Среда
weekday-3 = Четверг
weekday-4 = Пятница
weekday-5 = Суббота
weekday-6 = Воскресенье
weekday-short-0 = Пн
weekday-short-1 = Вт
weekday-short-2 = Ср
weekday-short-3 = Чт
weekday-short-4 = Пт
weekday-short-5 = Сб
weekday-short-6 = Вс
length-seconds = { $count } с
length-hours = { $hours } ч
length-hours-minutes = { $hours } ч { $minutes } мин
length-days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }

## Почта и уведомления

setup-mail = Почта
mail-lead = Приглашения и напоминания уходят через почтовый сервер вашей фирмы. Без него всё остальное работает.
mail-server = Почтовый сервер
mail-on = Почта уходит
mail-off = Не настроена
mail-failed = Последнее письмо не принято, и отправлять его больше не будем. Сервер ответил:
mail-host = Сервер
mail-port = Порт
mail-tls = Шифрование
mail-tls-upgrade = STARTTLS
mail-tls-upgrade-hint = Соединение шифруется до того, как назван пароль. Обычно порт 587.
mail-tls-always = TLS с первого байта
mail-tls-always-hint = Обычно порт 465.
mail-tls-never = Без шифрования
mail-tls-never-hint = Только для сервера на том же компьютере: пароль по сети открытым текстом Опора не отправит.
mail-user = Имя для входа
mail-password = Пароль
mail-password-known = Пароль сохранён в запечатанном виде. Оставьте поле пустым, чтобы не менять его.
mail-from = От кого
mail-from-hint = Адрес, который увидят получатели.
mail-save = Сохранить
mail-drop = Не отправлять почту
mail-test = Проверка
mail-test-to = Кому отправить проверочное письмо
mail-test-go = Отправить
mail-testing = Ждём ответа сервера…
mail-tested = Письмо принято. Сервер ответил:
mail-test-refused = Письмо не принято. Сервер ответил:
saving = Сохраняем…
saved = Сохранено
invite-mail = Отправить ссылку письмом
invite-mail-warning = Кто прочтёт это письмо раньше адресата, тот и войдёт под его именем. Надёжнее передать ссылку лично. Служба отправит её один раз и сотрёт.
invite-mail-to = Кому
invite-mail-go = Всё равно отправить
invite-mail-going = Передаём…
invite-mailed = Письмо на { $address } передано почте
notices-title = Уведомления по почте
notices-address = Ваш адрес
notices-address-hint = Пусто: писем не будет. Слов из беседы в письмах нет, только от кого ответ и о чём обращение.
notices-unread = Ответ не прочитан
notices-never = Не писать
notices-after =
    { $minutes ->
        [60] Через час
        [240] Через четыре часа
       *[other] Через { $minutes } мин
    }
notices-contracts = Договор начинается или заканчивается
notices-tickets = Заявка изменилась или в ней ответили
notices-at-once = Писать сразу
notices-daily = Одним письмом раз в день
notices-daily-at = В какое время
notices-quiet = Тихие часы: письма подождут
notices-quiet-from = С
notices-quiet-to = До
notices-save = Сохранить
settings-autostart = Запускать вместе с компьютером, в трее

## Обслуживание

setup-running = Обслуживание
running-lead = Копии, сроки хранения и удаление данных: то, о чём вспоминают, когда уже поздно.
backup-title = Резервные копии
backup-here = Служба работает внутри этой программы. Копия снимается на ходу, останавливать ничего не нужно.
backup-there = Команды выполняются на компьютере, где работает служба. Копия снимается на ходу, останавливать ничего не нужно.
backup-backup = Снять копию
backup-restore = Восстановить в новую папку
backup-doctor = Проверить, всё ли в порядке
backup-secret = В копии лежит ключ службы: храните её так же бережно, как саму службу. При восстановлении проверяется каждый байт, а программы клиентов сами получат всё заново.
retention-title = Сколько хранить закрытые беседы
retention-lead = По истечении срока сообщения и файлы стираются у службы и у всех участников. Раз в сутки.
retention-always = Всегда
retention-days =
    { $days ->
        [365] 1 год
        [1095] 3 года
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
retention-would = Сотрутся { $talks ->
        [one] { $talks } беседа
        [few] { $talks } беседы
       *[many] { $talks } бесед
    }: { $messages ->
        [one] { $messages } сообщение
        [few] { $messages } сообщения
       *[many] { $messages } сообщений
    } и { $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[many] { $files } файлов
    } ({ $size })
retention-would-nothing = Сейчас стирать нечего: таких старых бесед нет
retention-stays = Останется, что обращение было: когда, кто его вёл, оценка и заявки. Вернуть стёртое можно только из копии.
retention-confirm = Хранить столько
code-staff = Второй фактор у сотрудников
code-require = Спрашивать код при входе с нового устройства
code-require-hint = Украденной ссылки будет мало: понадобится телефон сотрудника.
code-days = Спрашивать код снова
code-days-hint = При подключении устройства, на котором код давно не вводили. Украденный ноутбук будет бесполезен не позже этого срока.
code-days-never = никогда
code-days-after = { $count ->
    [one] через { $count } день
    [few] через { $count } дня
   *[many] через { $count } дней
}
code-ask = Подтвердите, что это вы
code-ask-do = Служба просит код второго фактора с этого устройства. До этого ничего не отправляется и не приходит; то, что уже здесь, можно читать.
code-ask-go = Подтвердить
code-reset = Телефон потерян: снять второй фактор
erase-title = Удалить данные человека
erase-lead = По его просьбе или по закону. Сначала закройте его беседы.
erase-who = Кого
erase-nobody = Выберите человека
erase-open = Удалить данные…
erase-sure = { $name }: удалить данные?
erase-goes = Исчезнет навсегда
erase-goes-what = Имя, сообщения, файлы, обращения и заявки этого человека, его устройства и приглашения. У службы и во всех программах, где они показаны.
erase-stays = Останется
erase-stays-what = Что события были: время, вид и контрольная сумма. Ответы других людей, оценки и числа в отчётах. Старые резервные копии, пока вы их не удалите.
erase-type = Напишите имя, чтобы подтвердить: { $name }
erase-go = Удалить навсегда
erase-going = Удаляем…
code-title = Второй фактор
code-on = Включён
code-off = Выключен
code-lead = При входе с нового устройства, кроме ссылки, понадобится код из приложения на телефоне.
code-wanted = Владелец просит включить его: без кода новое устройство не добавить.
code-begin = Включить
code-scan = Наведите на картинку приложение для кодов и введите то, что оно покажет.
code-qr = QR-код с секретом для приложения
code-type = Или введите вручную:
code-shown = Код из приложения
code-enrol = Включить
code-drop = Выключить
code-drop-with = Код из приложения или запасной
code-recovery = Запасные коды, каждый на один раз
code-recovery-do = Запишите их сейчас: больше они не показываются. Без телефона и без них поможет только владелец.
code-written = Записано
join-code = Код второго фактора
join-code-hint = Из приложения на телефоне, или запасной. Если второго фактора у вас ещё нет, включите его на прежнем устройстве или попросите владельца.
entry-erased = Сообщения удалены: вышел срок хранения или об этом попросил человек
error-code_needed = Для нового устройства нужен код второго фактора
error-code_needed-do = Введите код из приложения на телефоне или запасной. Приглашение не потрачено.
error-code_wrong = Код неверный или уже использован
error-code_wrong-do = Дождитесь следующего кода и введите его. После пяти ошибок придётся подождать четверть часа.
error-still_open = У этого человека есть незакрытые беседы
error-still_open-do = Закройте или передайте их и попробуйте снова. Пока ничего не удалено.
error-mail_unsound = Так почтовый сервер не настроить
error-mail_unsound-do = Проверьте имя сервера и порт. Пароль без шифрования можно только на этом же компьютере. Прежние настройки целы.
error-not_an_address = Это не похоже на адрес почты
error-not_an_address-do = Нужен адрес вида anna@romashka.ru. Ничего не изменено.

## Другие программы: ключи и вебхуки

setup-api = Другие программы
api-lead = Ваши программы могут читать и менять данные службы по HTTP и сами узнавать о событиях.
api-address = Адрес для программ
api-address-hint = Описание для машин лежит там же: /openapi.json.
api-keys = Ключи
api-keys-none = Ключей нет: снаружи никто ничего не может.
api-key-add = Выдать ключ
api-key-new = Новый ключ
api-key-made = Ключ «{ $name }» выдан
api-key-once = Ключ показан один раз
api-key-once-do = Перенесите его в свою программу сейчас: ни служба, ни Опора его больше не покажут.
api-key-text = Ключ
api-key-done = Перенесено
api-key-name = Для чего
api-key-name-hint = Этим именем подписано всё, что сделает программа.
api-key-scopes = Что можно
api-key-term = Сколько действует
api-key-days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
api-key-endless = пока не отозван
api-key-make = Выдать
api-key-unused = ещё не использовался
api-key-used = использовался { $when }
api-key-until = действует до { $day }
api-key-revoked = отозван
api-key-over = срок вышел
api-key-revoke = Отозвать
api-key-revoke-sure = Программа сразу потеряет доступ. Отозвать?
api-scope-organisations-read = читать организации
api-scope-organisations-write = создавать и менять организации
api-scope-persons-read = читать людей: имена, почту, телефоны
api-scope-contracts-read = читать договоры
api-scope-requests-read = читать обращения
api-scope-tickets-read = читать заявки и ответы клиентам
api-scope-tickets-write = создавать и менять заявки
api-scope-reports-read = читать отчёты
api-scope-webhooks-read = видеть вебхуки
api-scope-webhooks-write = создавать и менять вебхуки
webhooks = Вебхуки
webhooks-lead = Служба сама сообщит вашей программе о событии: без слов и имён, с подписью. Если не дошло, повторит: до полутора суток.
webhooks-none = Вебхуков нет: служба никому не сообщает.
webhook-add = Добавить вебхук
webhook-new = Новый вебхук
webhook-edit = Изменить
webhook-edit-title = Вебхук
webhook-log = Журнал
webhook-log-title = Журнал: { $url }
webhook-url = Адрес
webhook-url-hint = Начинается с https://. С новым адресом секрет будет новый.
webhook-topics = О чём сообщать
webhook-topic-request-asked = просят помощи
webhook-topic-request-moved = обращение приняли, вернули или закрыли
webhook-topic-ticket-made = новая заявка
webhook-topic-ticket-updated = заявку изменили или ответили
webhook-topic-ticket-merged = заявки объединены
webhook-topic-ticket-rated = заявку оценили
webhook-topic-ticket-pressed = срок заявки истекает
webhook-topic-organisation-changed = организация изменилась
webhook-on = Сообщать
webhook-good = работает
webhook-failing = не доходит
webhook-off = выключен
webhook-drop = Удалить вебхук
webhook-drop-sure = Журнал удалится вместе с ним. Удалить?
webhook-once = Секрет показан один раз
webhook-once-do = По нему ваша программа проверит подпись. Перенесите его сейчас: больше его никто не покажет.
webhook-secret = Секрет подписи
deliveries-kept = За последние 30 дней, новые сверху.
deliveries-again = Повторить недошедшие
deliveries-look = Обновить
deliveries-more = Показать ещё
deliveries-none = Пока ничего не сообщали.
delivery-waiting = ждёт
delivery-arrived = дошло
delivery-failed = не дошло
delivery-again = Повторить
delivery-status =
    { $tries ->
        [one] ответ { $status }, { $tries } попытка
        [few] ответ { $status }, { $tries } попытки
       *[many] ответ { $status }, { $tries } попыток
    }
delivery-silent =
    { $tries ->
        [one] нет ответа, { $tries } попытка
        [few] нет ответа, { $tries } попытки
       *[many] нет ответа, { $tries } попыток
    }
error-api_key_wrong = Такой ключ выдать нельзя
error-api_key_wrong-do = Отметьте, что ему можно, и выберите срок в будущем.
error-webhook_wrong = Вебхук с таким адресом не создать
error-webhook_wrong-do = Нужен адрес, который начинается с https://, и хотя бы одно событие. К адресам внутри сети служба ходит, только если это разрешено в её настройках.
