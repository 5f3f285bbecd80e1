"""Everyday: English words that any headline may have, whatever it tells."""

from __future__ import annotations

from digestbot.text.identity.words import STEM

_WORDS = """
able accept access across act active actual add address age ago ahead allow almost alone along
already alternative although always america american among amount annual another answer anybody
anyone anything apart app approach april area argue around article aside ask attempt august
available average avoid away back bad base basic beat become before begin behind believe below
benefit best better between beyond big bit black block blog board body book both bottom break
bring broad budget build built business buy call came can't care carry case catch cause center
certain chance change charge cheap check child choice choose city claim class clear click close
code coming comment common community company compare complete concern condition connect consider
consumer contain content continue control cool corner cost could count country couple course
cover create current customer cut daily dark date day deal debate decade december decide deep
demand describe despite detail develop different difficult direct discover discuss does don't
done double doubt down drive drop during each early earn earth easy edge effect effort eight
either else employee end engineer enjoy enough enter entire especially even event ever every
everyone everything evidence exactly example except exist expect expensive experience expert
explain express extra eye face fact factor fail fall false familiar family famous far fast
favorite fear feature february feel few field figure fill final find fine finish fire first fit
five fix focus follow food force forget form former forward found four free fresh friday friend
from front full fun function fund further future gain game general getting give given global
goal goes going gone good got great ground group grow growth guess guide guy half hand happen
happy hard hate having head hear heart held help here high highlight hire history hit hold home
hope hour house huge human hundred hurt idea identify image imagine impact important improve
include increase industry inside instead interest international internet introduce issue it's
item january job join july june just keep key kid kill kind knew know known lack large last late
later latest lead leader learn least leave left less let level life light like likely limit line
link list listen little live local long longer look lose loss lost lot love low made main major
make making man manage manager many march mark market matter may maybe mean measure media meet
member memory men mention method middle might million mind minute miss mistake mode moment
monday money month morning most mostly move moved much multiple must name national near nearly
necessary need never next nice night nine nobody none normal note nothing notice november number
object obvious october offer office official often okay old once online open operation opinion
opportunity option order original other otherwise outside own page paid pair part particular
partner party pass past pattern pay people percent perfect perform perhaps person personal phone
photo physical pick picture piece place plain plan play please point popular position possible
post potential powerful practice prepare present president press pretty prevent price private
probably problem process produce product program progress project promise proper protect prove
provide public pull purpose push put quality quarter question quick quiet quite raise range rank
rare rate rather reach read ready real reality realize reason recent recommend record reduce
remain remember remote remove replace report require research response rest result return review
right ring rise risk road role room rule running safe sale same saturday save saying scale
school score screen search season second secret section secure seem seen sell send senior sense
september series serious serve service set setting seven several shape share shift short show
side sign significant similar simple simply since single site situation six size skill slow
small smart social society software someone something sometimes soon sound source space speak
special specific speed spend spot staff stand standard start state statement stay step still
stop store story strategy street strong structure study stuff style subject success such suggest
sunday support sure surprise survey switch system table take talk task team tech technology tell
ten term test text thank thing think third thought thousand three through throughout thursday
time tiny tip today together told tomorrow tonight tool top total touch toward track trade train
travel treat trend tried trouble true trust try tuesday turn twice two type under understand
unique unit until update upon use user usual value various version video view visit voice wait
walk wall want war watch way weak wear web website wednesday week weekend weekly weight welcome
well went whatever whether while white whole whose wide win wish within without woman women won
wonder word work worker world worry worse worst worth would write wrong year yearly years yes
yesterday yet you're young
"""

EVERYDAY_WORDS = frozenset(
    {word[:STEM] for word in _WORDS.split()} | {str(year) for year in range(2000, 2036)}
)
"""As terms. They are frequent in any English text, and a day's few hundred titles do not show
it: with them, real look-alikes share what they tell. Written from memory of frequency lists."""
