import time
from lamppost.freezer import freeze
def test_a(config, small, out, files_in):
    t=time.time(); r=freeze(config,out,jobs=1); print(r, time.time()-t)
    t=time.time(); r=freeze(config,out.with_name("b"),jobs=1); print(r, time.time()-t)
    t=time.time(); r=freeze(config,out.with_name("c"),jobs=2); print(r, time.time()-t)
    t=time.time(); assert files_in(out)==files_in(out.with_name("b")); print(time.time()-t)
