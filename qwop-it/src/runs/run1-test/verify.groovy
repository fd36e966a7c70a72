File run = new File(basedir, 'target/qwop/run1-test')
assert new File(run, 'best.zip').isFile()
assert new File(run, 'policy.onnx').isFile()
assert new File(run, 'evaluation.json').isFile()
String log = new File(basedir, 'build.log').text
assert log =~ /learner\.targetUpdateInterval +512 -> 2048/
