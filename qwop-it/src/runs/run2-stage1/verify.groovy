File run = new File(basedir, 'target/qwop/run2-stage1')
assert new File(run, 'best.zip').isFile()
assert new File(run, 'policy.onnx').isFile()
assert new File(run, 'evaluation.json').isFile()
