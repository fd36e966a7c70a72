String log = new File(basedir, 'build.log').text
assert log.contains('fell. The recording is altered: it says')
