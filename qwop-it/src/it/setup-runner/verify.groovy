assert new File(basedir, 'target/qwop/runner/best.zip').isFile()
