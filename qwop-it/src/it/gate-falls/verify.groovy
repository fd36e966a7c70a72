File run = new File(basedir, 'target/qwop/gate-falls')
String log = new File(basedir, 'build.log').text

assert log =~ /The gate of run gate-falls fell: minMeanDistance asks for at least 1000\.00 and the policy reached -?\d+\.\d\d, over 10 episodes/
assert new File(run, 'evaluation.json').isFile()
assert new File(run, 'best.zip').isFile()
