# `libaom-sys` asks CMake for an unoptimized build whenever Cargo's profile is a debug one, whatever
# `opt-level` says; a 1080p picture then costs 130 ms and more. Named in `.cargo/config.toml`.
set(CMAKE_C_FLAGS_DEBUG_INIT "-O3 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG_INIT "-O3 -DNDEBUG")
