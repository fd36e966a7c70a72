File run = new File(basedir, 'target/qwop/gate-falls')
String log = new File(basedir, 'build.log').text

assert log =~ /The gate of run gate-falls fell: minMeanDistance asks for at least 1000\.00 and the policy reached -?\d+\.\d\d, over 10 episodes/
// A gate that fell is a failure of the project, not an error of its set-up.
assert log.contains('MojoFailureException') && !log.contains('MojoExecutionException')
assert new File(run, 'evaluation.json').isFile()
def suite = new groovy.xml.XmlSlurper().parse(new File(run, 'TEST-qwop-gate-falls.xml'))
assert suite.@tests == '1' && suite.@failures == '1'
