# Warnings, sanitizers, and what keeps builds quick: ccache and mold, where they are installed.
# Precompiled headers do not: one of Qt's modules is some 230 MB that every compiler maps, and two
# compilers side by side took 1.9 times as long with it as without.

add_compile_definitions(QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
                        QT_DISABLE_DEPRECATED_BEFORE=0x060400)
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
if(REWINDOW_WERROR)
    add_compile_options(-Werror)
endif()

if(REWINDOW_SANITIZE)
    list(JOIN REWINDOW_SANITIZE "," sanitizers)
    add_compile_options(-fsanitize=${sanitizers} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${sanitizers})
    # Instrumented, g++ 12 takes the unset half of std::expected and std::variant for read.
    add_compile_options(-Wno-maybe-uninitialized)
    if("undefined" IN_LIST REWINDOW_SANITIZE)
        # A report that does not stop the test is a report nobody reads.
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # What a file includes is taken from what the compiler says it read, so that nothing is
    # preprocessed twice; headers that were written a moment ago are trusted.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env
        CCACHE_DEPEND=1 CCACHE_SLOPPINESS=time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        ${CCACHE})
endif()

find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()
