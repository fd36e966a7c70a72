String log = new File(basedir, 'build.log').text
assert log.count('1 of 1 gates fell; the goal gate will fail the build.') == 1
assert log.count('The gate of run gate-deferred fell: minFinishRate asks for at least 1.00') >= 2
assert log.count('Replayed best.qwop') == 1 : 'only the first build goes on after its evaluation'
assert log.contains(':gate (replay-then-gate) on project') && log.contains(':evaluate (evaluate) on project')
