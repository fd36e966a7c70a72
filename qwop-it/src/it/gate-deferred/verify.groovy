String log = new File(basedir, 'build.log').text
assert log.contains('1 of 1 gates fell; the goal gate will fail the build.')
assert log.contains('The gate of run gate-deferred fell: minFinishRate asks for at least 1.00')
assert new File(basedir, 'target/qwop/gate-deferred/recordings/best.gif').isFile()
