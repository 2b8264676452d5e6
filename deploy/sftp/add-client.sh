#!/bin/sh
# Makes the account and the folders of one client, or puts a new key in force. Run as root on the machine of the service.
#
#   add-client.sh KEY PUBLIC_KEY_FILE [test]
#
# With "test" there is a folder in-test/ as well, for a client whose definition says import.test.
# KEY is the key of the client's definition: a-z, 0-9 and '-'. Running it again changes nothing but the key.
set -eu

key=${1:-} public=${2:-} test=${3:-}
drop=${CLOSEDLOOP_DROP:-/srv/closedloop}
keys=${CLOSEDLOOP_KEYS:-/etc/closedloop/keys}
service=${CLOSEDLOOP_USER:-closedloop}

case $key in
  '' | *[!a-z0-9-]* | -*) echo "add-client.sh: '$key' is no client key; expected a-z, 0-9 and '-', a letter or digit first" >&2; exit 2 ;;
esac
ssh-keygen -l -f "$public" >/dev/null || { echo "add-client.sh: $public is no public key" >&2; exit 2; }

getent group closedloop-clients >/dev/null || groupadd --system closedloop-clients
# A password nobody can have, but not "!": sshd without PAM takes that for a locked account, keys or not.
id "$key" >/dev/null 2>&1 || useradd --no-create-home --home-dir / --shell /usr/sbin/nologin --no-user-group --gid closedloop-clients --password '*' "$key"

# The chroot and what leads to it belong to root and only root writes there: sshd refuses the session otherwise.
install -d -o root -g root -m 0755 "$drop" "$drop/$key"

# in/, in-test/ and products/ are the client's, and the service renames out of them through the group. The set-group-id bit hands that group to every upload.
for folder in in products ${test:+in-test}; do install -d -o "$key" -g "$service" -m 2770 "$drop/$key/$folder"; done

# Results are the service's; the client reads them through its group.
for folder in out error log; do install -d -o "$service" -g closedloop-clients -m 2750 "$drop/$key/$folder"; done

# Inside the chroot, and shut: nothing in them is for the client.
for folder in processing archive ${test:+processing-test}; do install -d -o "$service" -g "$service" -m 0700 "$drop/$key/$folder"; done

install -d -o root -g root -m 0755 "$keys"
install -o root -g root -m 0644 "$public" "$keys/$key.pub"
echo "$key may upload to in/${test:+, in-test/} and products/ and read out/, error/ and log/"
