assert new File(basedir, 'build.log').text =~ /The fork runs on the toolchain's JDK: .+java/
