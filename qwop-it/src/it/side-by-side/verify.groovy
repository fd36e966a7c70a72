String log = new File(basedir, 'build.log').text
['left', 'right'].each {
    assert new File(basedir, "${it}/target/qwop/${it}/model.zip").isFile()
    assert new File(basedir, "${it}/target/qwop/${it}/evaluation.json").isFile()
    // Progress says whose it is, and no line of it is torn.
    assert log.readLines().any { line -> line ==~ /\[INFO\] ${it}: +\d+ %  [\d,]+ of 20,000 steps  .*/ }
}
assert !log.contains('::qwop:')
assert !(log =~ /is not marked (as )?(@)?thread-?safe/)
