"""Tags that would make objects and run programs."""
FILES = {"compose.yaml": "services: !!python/object/apply:os.system ['echo ATTACK-REACHED']\n"}
