package dev.stepmark.shell;

import java.util.List;
import java.util.Set;

/** Programs and builtins known by name. */
final class Programs {

    /** They only look, or change nothing but the shell itself; with any arguments. */
    static final Set<String> READ_ONLY = words("ls cat echo printf grep egrep fgrep zgrep rg head tail wc uniq cut tr "
            + "diff cmp comm join paste column nl tac rev fold fmt expand which whereis type pwd whoami id groups "
            + "uname uptime free df du ps pgrep printenv stat file md5sum sha1sum sha224sum sha256sum sha384sum "
            + "sha512sum cksum basename dirname realpath readlink test [ [[ true false : sleep seq less more man jq "
            + "tree nslookup dig host ping traceroute ss netstat lsof pg_isready pg_lsclusters pg_config "
            + "pg_controldata pg_waldump dmesg history jobs wait umask set shopt cd pushd popd dirs export unset "
            + "alias unalias declare local readonly typeset read mapfile return exit logout break continue shift let "
            + "getopts hash ulimit clear nproc arch lscpu lsblk lspci lsmod blkid vmstat iostat mpstat zcat bzcat "
            + "xzcat strings od xxd hexdump getent locale tty who w last cal bc expr env base64 apropos "
            + "pg_verifybackup pg_amcheck pg_checksums getconf sum numfmt tput reset zless factor");
    /** They change files or data. */
    static final Set<String> WRITE = words("mkdir cp mv touch tee ln chmod chown chgrp install rmdir scp sftp split "
            + "csplit patch vi vim nano emacs ed useradd usermod groupadd adduser passwd chpasswd mount umount kill "
            + "pkill killall gunzip unzip zip rename setfacl mkfifo mknod mktemp ssh-keygen wget createdb createuser "
            + "vacuumdb reindexdb clusterdb pg_basebackup pg_rewind pgbench initdb pg_repack pg_upgrade "
            + "pg_createcluster pg_renamecluster pg_receivewal ldconfig modprobe swapon swapoff make-cadir "
            + "update-ca-certificates openssl-rehash");
    /** They remove data, or cannot be taken back. */
    static final Set<String> DESTRUCTIVE = words("rm unlink shred dropdb dropuser truncate wipefs mkfs mke2fs fdisk "
            + "sfdisk parted sgdisk gdisk lvremove vgremove pvremove zpool mkswap userdel groupdel deluser "
            + "pg_resetwal pg_dropcluster pg_archivecleanup vacuumlo srm wipe mkfs.ext4 mkfs.ext3 mkfs.ext2 mkfs.xfs "
            + "mkfs.btrfs mkfs.vfat blkdiscard");
    /** Known programs whose arguments decide. */
    private static final Set<String> BY_ARGUMENTS = words("psql pg_dump pg_dumpall pg_restore pg_ctl pg_ctlcluster "
            + "kubectl oc helm docker podman nerdctl docker-compose git terraform tofu systemctl service journalctl "
            + "curl sed awk gawk mawk sort find xargs tar gzip bzip2 xz zstd date hostname crontab sysctl ip ifconfig "
            + "apt apt-get apt-cache dpkg yum dnf rpm apk brew snap pip pip3 npm yarn npx node java javac mvn gradle "
            + "python python3 perl ruby go cargo make cmake gcc bash sh dash zsh ash ksh ssh sudo doas su env time "
            + "nohup nice timeout command exec eval source . trap builtin watch runuser gosu rsync dd mysql mysqldump "
            + "mariadb redis-cli mongosh mongo mongodump sqlite3 etcdctl consul vault aws gcloud az kind minikube k3s "
            + "k9s ansible ansible-playbook flyway liquibase pgloader pgcli pg_activity iptables ufw nft "
            + "flock openssl yq nc ncat telnet screen tmux stepmark rclone restic borg velero argocd flux kustomize "
            + "k3d crictl ctr virsh rabbitmqctl kafka-topics nginx supervisorctl pm2 lsb_release timedatectl "
            + "hostnamectl logger base32 top htop cmp nomad podman-compose exit export unzip patronictl repmgr "
            + "pgbackrest barman wal-g stolonctl");

    private Programs() { }

    static Set<String> words(String list) {
        return Set.copyOf(List.of(list.split(" ")));
    }

    static boolean isKnown(String name) {
        return READ_ONLY.contains(name) || WRITE.contains(name) || DESTRUCTIVE.contains(name)
                || BY_ARGUMENTS.contains(name);
    }

    /** The file name of a program given by path; {@code .} stays what it is. */
    static String baseName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
