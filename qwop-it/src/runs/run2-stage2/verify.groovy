File run = new File(basedir, 'target/qwop/run2-stage2')
assert new File(run, 'best.zip').isFile()
assert new File(run, 'policy.onnx').isFile()
assert new File(run, 'evaluation.json').isFile()
String log = new File(basedir, 'build.log').text
assert log =~ /environment\.timeCostMult +10(\.0)? -> 15(\.0)?/
