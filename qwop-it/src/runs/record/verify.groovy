String log = new File(basedir, 'build.log').text
assert log.contains('policy.onnx')
assert log =~ /all 2 gates hold/
