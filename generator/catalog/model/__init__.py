"""The catalogue's types: what an editor may write, and what everything else reads.

All records are frozen. Field names are the YAML keys, the attributes and the JSON
fields alike. Only this room knows the fields: the loader, the JSON Schemas and the
``guide new`` template are derived from it.

An explicit ``null`` means "no source states it"; pages show 待中心确认 for it. A field
without a default must be written, so that nothing is left out by oversight.

One module for each kind of file, named after it.
"""
