String log = new File(basedir, 'build.log').text
assert log.contains('canonical.qwop')
assert log =~ /Certified on the open page: 1 recording/
// A search that was given a single update has one level to draw.
assert new File(basedir, 'target/qwop/speedrun/report.html').text.contains('Survivors and fallen')
