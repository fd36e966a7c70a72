def distances = (new File(basedir, 'build.log').text =~ /Episode +(\d+): +(-?\d+\.\d\d) m/).collect { it[2] as double }
assert distances.size() == 10
assert distances.toSet().size() > 1 : 'the start of an episode varies with its seed'
assert distances.max() > 20 : 'it is the trained policy that plays'
