"""The simulated city: an outside program that behaves like a real one.

``model`` says what it is made of. ``town`` (with ``streets``, ``buildings``, ``sites``, ``grids``)
makes it out of a seed, ``register`` hands it over. ``world`` (with ``roads``, ``movers``,
``agents``) lets it live, ``story`` lets things happen. ``devices`` and ``speakers`` speak
outward over the public protocols, ``pictures`` drives ``video``, a child process that renders
the cameras. ``city`` puts all of it together.
"""
