String log = new File(basedir, 'build.log').text
['train', 'evaluate', 'record', 'gate', 'certify', 'replay', 'export-onnx', 'benchmark', 'runs', 'play', 'watch'].each {
    assert log.count("QWOP: ${it} is skipped.") == 2
}
assert !new File(basedir, 'target').exists()
