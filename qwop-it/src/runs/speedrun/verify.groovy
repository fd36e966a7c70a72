String log = new File(basedir, 'build.log').text
assert log.contains('canonical.qwop')
assert log =~ /Certified on the open page: 1 recording/
