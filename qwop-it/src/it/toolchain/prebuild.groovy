// Whatever its real version, the JDK of this build stands for the one that is asked for.
new File(basedir, 'toolchains.xml').text = """\
<toolchains>
  <toolchain>
    <type>jdk</type>
    <provides>
      <version>17</version>
    </provides>
    <configuration>
      <jdkHome>${System.getProperty('java.home')}</jdkHome>
    </configuration>
  </toolchain>
</toolchains>
"""
return true
