String log = new File(basedir, 'build.log').text
def means = (log =~ /Evaluation of without-pytorch: mean distance (-?\d+\.\d\d) m over 10 episodes/).collect { it[1] }
assert means.size() == 2 : 'with the checkpoint, and with what was exported of it'
assert means[0] == means[1]
assert log.contains('Recorded the best 1 of 2 episodes')
assert log.contains('ONNX Runtime against the learner\'s network on 1000 observations of the game')
assert new File(basedir, 'target/qwop/without-pytorch/policy.onnx').isFile()
assert log =~ /PyTorch is not published for .* on other: train on Linux/
