String log = new File(basedir, 'build.log').text
['left', 'right'].each {
    // A relative folder of the command line is each project's own.
    assert new File(basedir, "${it}/target/runs/${it}/model.zip").isFile()
    assert new File(basedir, "${it}/target/runs/${it}/evaluation.json").isFile()
    // Progress says whose it is, and no line of it is torn.
    assert log.readLines().any { line -> line ==~ /\[INFO\] ${it}: +\d+ %  [\d,]+ of 20,000 steps  .*/ }
}
assert !log.contains('::qwop:')
assert !(log =~ /is not marked (as )?(@)?thread-?safe/)
