// The project has the sources of one language.
String other = request.properties['language'] == 'kotlin' ? 'java' : 'kotlin'
assert new File(request.outputDirectory, "${request.artifactId}/src/main/${other}").deleteDir()
