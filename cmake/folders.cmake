# The engine's folders as targets, and the program.

set(TOCSIN_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed.cmake)

# Adds to `sources` of the caller a generated .c file that holds the files of engine/FOLDER/PART as
# an array NAMEs[], declared by a person in HEADER.
function(tocsin_embed_assets folder part name header)
    file(GLOB_RECURSE assets CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/${folder}/${part}/*)
    set(generated ${PROJECT_BINARY_DIR}/generated/${folder}_${part}.c)
    add_custom_command(OUTPUT ${generated}
        COMMAND ${CMAKE_COMMAND} -D OUT=${generated} -D KIND=assets
            -D NAME=${name} -D HEADER=${header}
            -D ROOT=${PROJECT_SOURCE_DIR}/engine/${folder}/${part}
            "-DFILES=${assets}" -P ${TOCSIN_EMBED_SCRIPT}
        DEPENDS ${assets} ${TOCSIN_EMBED_SCRIPT}
        COMMENT "Embedding engine/${folder}/${part}" VERBATIM)
    set(sources ${sources} ${generated} PARENT_SCOPE)
endfunction()

# Adds to `sources` of the caller one generated .c file for each Lua file of the folder. The file
# engine/script/prelude.lua becomes script_prelude[], declared by a person in script/prelude.h.
function(tocsin_embed_lua folder)
    file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/${folder}/*.lua)
    foreach(file IN LISTS files)
        get_filename_component(stem ${file} NAME_WE)
        set(generated ${PROJECT_BINARY_DIR}/generated/${folder}_${stem}.c)
        add_custom_command(OUTPUT ${generated}
            COMMAND ${CMAKE_COMMAND} -D OUT=${generated} -D KIND=text
                -D NAME=${folder}_${stem} -D HEADER=${folder}/${stem}.h
                -D FILES=${file} -P ${TOCSIN_EMBED_SCRIPT}
            DEPENDS ${file} ${TOCSIN_EMBED_SCRIPT}
            COMMENT "Embedding ${folder}/${stem}.lua" VERBATIM)
        list(APPEND sources ${generated})
    endforeach()
    set(sources ${sources} PARENT_SCOPE)
endfunction()

# One folder of engine/ as a library that may use the others named. A folder that has no source
# yet is a library of nothing, so that its row can stand in the table before its code does.
function(tocsin_folder folder)
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/${folder}/*.c)
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/engine/app/main.c)
    if(folder STREQUAL "web")
        tocsin_embed_assets(web assets web_asset web/assets.h)
    elseif(folder STREQUAL "report")
        tocsin_embed_assets(report templates report_template report/template.h)
    elseif(folder STREQUAL "app")
        tocsin_embed_assets(app starter starter_file app/starter.h)
    endif()
    tocsin_embed_lua(${folder})
    if(sources)
        add_library(${folder} STATIC ${sources})
        set(reach PUBLIC)
    else()
        add_library(${folder} INTERFACE)
        set(reach INTERFACE)
    endif()
    target_include_directories(${folder} ${reach} ${PROJECT_SOURCE_DIR}/engine)
    target_link_libraries(${folder} ${reach} ${ARGN})
endfunction()

# A definition for a folder's own sources, and not for those who include its headers.
function(tocsin_define folder definition)
    get_target_property(type ${folder} TYPE)
    if(NOT type STREQUAL "INTERFACE_LIBRARY")
        target_compile_definitions(${folder} PRIVATE ${definition})
    endif()
endfunction()

function(tocsin_posix)
    foreach(folder IN LISTS ARGN)
        tocsin_define(${folder} _POSIX_C_SOURCE=200809L)
    endforeach()
endfunction()

# app is a library without its main, so that tests can link its parts; this is the main.
function(tocsin_program)
    file(GLOB main CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/app/main.c)
    if(NOT main)
        message(STATUS "engine/app/main.c does not exist yet: no program is built")
        return()
    endif()
    add_executable(tocsin ${main})
    target_compile_definitions(tocsin PRIVATE _POSIX_C_SOURCE=200809L
        TOCSIN_VERSION="${PROJECT_VERSION}" $<$<BOOL:${TOCSIN_TEST_CLOCK}>:TOCSIN_TEST_CLOCK=1>)
    target_link_libraries(tocsin PRIVATE app)
endfunction()
