String log = new File(basedir, 'build.log').text
assert log.contains('policy.onnx')
assert log =~ /2 of 2 gates hold/
