String log = new File(basedir, 'build.log').text
assert log.contains("fork.sameProcess is true: train runs in Maven's own JVM, for debugging")
assert !log.contains('Forking ForkedJvm')
assert log.contains('0 actions differ')
assert new File(basedir, 'target/qwop/same-process/policy.onnx').isFile()
