String log = new File(basedir, 'build.log').text
['java', 'kotlin'].each { language ->
    File project = new File(basedir, "target/run-${language}")
    assert new File(project, 'src/main').list().sort() == [language, 'resources']
    assert new File(project, '.github/workflows/gate.yml').text.contains('"$GITHUB_STEP_SUMMARY"')
    assert new File(project, 'target/farthest.csv').readLines().last().startsWith('20000,')
    File run = new File(project, "target/qwop/run-${language}")
    assert new File(run, 'report.html').isFile() && new File(run, 'recordings/best.gif').isFile()
    assert log.contains("The one gate of run-${language} holds.")
}
assert log.count('every number equal to the twin\'s') == 2
