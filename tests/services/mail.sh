#!/bin/bash
# A real mail server for one test: Postfix with STARTTLS and a login, Dovecot behind it for the
# passwords and the mailboxes. It takes mail for example.test and puts it into the mailbox of who is
# meant, DIR/mail/ADDRESS, which USER and anna@example.test can read by IMAP; nothing leaves the machine.
#
#   mail.sh start DIR PORT IMAP    prints what a test needs as KEY=VALUE, and goes on in the background
#   mail.sh stop DIR
#
# Needs root, because Postfix changes users; ends with 77 where there is none.
set -eu
what=${1:?start or stop} dir=${2:?a folder}
master=/usr/lib/postfix/sbin/master

end() { # NAME: by its own pid, which it has written
  local file=$dir/$1.pid
  [ ! -s "$file" ] || kill "$(tr -d ' \n' <"$file")" 2>/dev/null || true
}

if [ "$what" = stop ]; then
  [ ! -s "$dir/spool/pid/master.pid" ] || kill "$(tr -d ' \n' <"$dir/spool/pid/master.pid")" 2>/dev/null || true
  end dovecot
  exit 0
fi

port=${3:?a port} imap=${4:?a port for IMAP}
if [ "$(id -u)" != 0 ]; then echo "Postfix needs root" >&2; exit 77; fi
for program in $master /usr/sbin/postconf dovecot openssl; do
  command -v "$program" >/dev/null || { echo "$program is missing: apt-get install postfix dovecot-imapd dovecot-lmtpd openssl" >&2; exit 1; }
done

mkdir -p "$dir"/{etc,spool,data,mail,dovecot}
chmod 755 "$dir"
chown postfix "$dir/data"
chown mail:mail "$dir/mail"
# A small authority and a certificate by it: a client that believes the one believes the other.
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/CN=test authority' -keyout "$dir/ca.key" -out "$dir/ca.pem" 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "$dir/key.pem" -out "$dir/request.pem" 2>/dev/null
openssl x509 -req -in "$dir/request.pem" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial -days 30 \
  -extfile <(printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n') -out "$dir/cert.pem" 2>/dev/null
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
for user in desk anna; do echo "$user@example.test:{PLAIN}$password"; done >"$dir/users"

cat >"$dir/dovecot.conf" <<CONF
base_dir = $dir/dovecot
state_dir = $dir/dovecot
log_path = $dir/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:$dir/mail/%u
first_valid_uid = 1
# Its own way to limit a process' memory breaks where the machine's limits are low.
default_vsz_limit = 0
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = $dir/users
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$dir/mail/%u
}
service imap-login {
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  unix_listener lmtp {
    user = postfix
    mode = 0600
  }
}
service auth {
  unix_listener sasl {
    user = postfix
    mode = 0600
  }
}
CONF

cat >"$dir/etc/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $dir/spool
data_directory = $dir/data
maillog_file = $dir/postfix.log
maillog_file_prefixes = $dir
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mail.example.test
mydestination =
mynetworks =
alias_maps =
virtual_mailbox_domains = example.test
virtual_mailbox_maps = static:all
virtual_transport = lmtp:unix:$dir/dovecot/lmtp
default_transport = error:mail to other domains is off
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access texthash:$dir/etc/gone, permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $dir/dovecot/sasl
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = $dir/cert.pem
smtpd_tls_key_file = $dir/key.pem
CONF
echo 'gone@example.test 550 5.1.1 nobody of that name works here' >"$dir/etc/gone"

# Debian's own table of services, without chroot and without its port 25.
sed -e '/^smtp  *inet/d' -e 's/^\([a-z-]* *[a-z]* *[-yn] *[-yn] *\)y /\1n /' /usr/share/postfix/master.cf.dist >"$dir/etc/master.cf"
echo "127.0.0.1:$port inet n - n - - smtpd" >>"$dir/etc/master.cf"

setsid dovecot -F -c "$dir/dovecot.conf" >"$dir/dovecot.out" 2>&1 </dev/null &
echo $! >"$dir/dovecot.pid"
postfix -c "$dir/etc" check >"$dir/check.log" 2>&1 || { cat "$dir/check.log" >&2; exit 1; }
setsid $master -c "$dir/etc" >"$dir/master.out" 2>&1 </dev/null &

for _ in $(seq 200); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && [ -S "$dir/dovecot/sasl" ] &&
    (exec 3<>"/dev/tcp/127.0.0.1/$imap") 2>/dev/null; then
    printf 'USER=desk@example.test\nPASSWORD=%s\nCA=%s\nMAIL=%s\n' "$password" "$dir/ca.pem" "$dir/mail"
    exit 0
  fi
  sleep 0.1
done
tail -n 20 "$dir"/*.log "$dir"/*.out >&2
"$0" stop "$dir"
exit 1
