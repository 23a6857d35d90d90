#!/bin/sh
# image.sh FOLDER : what a container image for tests needs, made from the machine's static busybox.
# Leaves, unless they are there, FOLDER/root.tar, a root file system, and FOLDER/image.tar, the same as a docker-archive(5) named portolan.test/box:1.
set -e
[ ! -e "$1/image.tar" ] || exit 0
mkdir -p "$1/root"
cd "$1/root"
mkdir -p bin etc proc sys dev tmp www
cp /usr/bin/busybox bin/busybox
for applet in $(busybox --list); do [ "$applet" = busybox ] || ln -s busybox "bin/$applet"; done
echo 'root:x:0:0:root:/:/bin/sh' >etc/passwd
echo 'root:x:0:' >etc/group
echo served >www/index.html
cd ..
tar -C root -cf root.tar .
digest=$(sha256sum root.tar | cut -d ' ' -f 1)
cat >config.json <<END
{"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": ["sha256:$digest"]},
 "config": {"Env": ["PATH=/bin"], "Cmd": ["sleep", "1000000"]}}
END
echo '[{"Config": "config.json", "RepoTags": ["portolan.test/box:1"], "Layers": ["root.tar"]}]' >manifest.json
tar -cf image.tar manifest.json config.json root.tar
