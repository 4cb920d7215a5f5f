"""The words of the sample activity. Each says of itself that it is a sample."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

MARK = {"en": "Sample: ", "es": "Muestra: ", "km": "គំរូ៖ ", "tl": "Halimbawa: "}


def marked(words: Words) -> dict[str, str]:
    """The words in each language, with the mark in front."""
    return {code: MARK[code] + said for code, said in words.items()}


CONCERNS = {
    "pointing": {
        "en": "Does the camera at the crossing look into the windows above the shops?",
        "es": "¿La cámara del cruce mira hacia las ventanas que están sobre las tiendas?",
        "km": "តើកាមេរ៉ានៅផ្លូវប្រសព្វមើលចូលបង្អួចខាងលើហាងដែរឬទេ?",
        "tl": "Nakatutok ba ang camera sa kanto sa mga bintana sa itaas ng mga tindahan?",
    },
    "wifi": {
        "en": "Nobody says how long it is kept that a phone was connected.",
        "es": "Nadie dice cuánto tiempo se guarda que un teléfono estuvo conectado.",
        "km": "គ្មានអ្នកណាប្រាប់ថាព័ត៌មានអំពីការភ្ជាប់ទូរសព្ទត្រូវរក្សាទុកយូរប៉ុណ្ណាទេ។",
        "tl": "Walang nagsasabi kung gaano katagal itinatago na nakakonekta ang isang telepono.",
    },
    "plates": {
        "en": "Who else gets to see which cars have passed?",
        "es": "¿Quién más puede ver qué autos han pasado?",
        "km": "តើមានអ្នកណាទៀតអាចមើលឃើញថារថយន្តណាបានឆ្លងកាត់?",
        "tl": "Sino pa ang nakakakita kung aling mga sasakyan ang dumaan?",
    },
    "sign": {
        "en": "The sign on the counter cannot be read in the evening.",
        "es": "El letrero del contador no se puede leer por la tarde.",
        "km": "ផ្លាកនៅលើឧបករណ៍រាប់មិនអាចអានបាននៅពេលល្ងាច។",
        "tl": "Hindi mabasa ang karatula sa counter kapag gabi na.",
    },
    "kiosk": {
        "en": "The kiosk asks for more than it needs to sell a ticket.",
        "es": "El quiosco pide más datos de los que necesita para vender un boleto.",
        "km": "ម៉ាស៊ីនលក់សំបុត្រសួររកព័ត៌មានច្រើនជាងអ្វីដែលវាត្រូវការ។",
        "tl": "Humihingi ang kiosk ng higit sa kailangan para magbenta ng tiket.",
    },
}
"""What worries the writers of sample concerns."""

ANSWER = {
    "en": "This is a sample of an answer. A real one would say what was looked at and done.",
    "es": "Este es un ejemplo de respuesta. Una real diría qué se revisó y qué se hizo.",
    "km": "នេះគឺជាគំរូនៃចម្លើយ។ ចម្លើយពិតនឹងប្រាប់ថាបានពិនិត្យអ្វី និងបានធ្វើអ្វី។",
    "tl": "Halimbawa ito ng sagot. Sasabihin ng totoong sagot kung ano ang tiningnan at ginawa.",
}
QUESTION = {
    "en": "At which corner is it?",
    "es": "¿En qué esquina está?",
    "km": "តើវានៅជ្រុងផ្លូវណា?",
    "tl": "Saang kanto ito?",
}
ANOTHER_OFFICE = "Sample: another office"
REFERRAL = {
    "en": "Another office runs this camera. We have asked it to look into what you wrote.",
    "es": "Otra oficina maneja esta cámara. Le hemos pedido que revise lo que usted escribió.",
    "km": "ការិយាល័យផ្សេងគ្រប់គ្រងកាមេរ៉ានេះ។ យើងបានសុំឱ្យគេពិនិត្យអ្វីដែលអ្នកសរសេរ។",
    "tl": "Ibang tanggapan ang may hawak nito. Hiniling naming suriin nito ang isinulat mo.",
}
OBJECTION = {
    "en": "My question was another one.",
    "es": "Mi pregunta era otra.",
    "km": "សំណួររបស់ខ្ញុំគឺមួយផ្សេងទៀត។",
    "tl": "Iba ang tanong ko.",
}
MISSING = {
    "en": "Please say who would look after it.",
    "es": "Por favor, diga quién se ocuparía de ello.",
    "km": "សូមប្រាប់ថាអ្នកណានឹងថែទាំវា។",
    "tl": "Pakisabi kung sino ang mag-aalaga nito.",
}
COMPLETED = {
    "en": "Whoever runs a building would look after it.",
    "es": "Quien administra cada edificio se ocuparía de ello.",
    "km": "អ្នកគ្រប់គ្រងអគារនីមួយៗនឹងថែទាំវា។",
    "tl": "Ang namamahala sa bawat gusali ang mag-aalaga nito.",
}
ANNEX = {
    "en": "A page that stands for a plan",
    "es": "Una página en lugar de un plano",
    "km": "ទំព័រមួយជំនួសឱ្យប្លង់",
    "tl": "Isang pahinang kumakatawan sa isang plano",
}
"""What is enclosed with a sample pitch."""

REASON = {
    "en": "This is a sample of a reason.",
    "es": "Este es un ejemplo de razón.",
    "km": "នេះគឺជាគំរូនៃមូលហេតុ។",
    "tl": "Halimbawa ito ng dahilan.",
}

PITCHES = {
    "shade": {
        "en": "Count who waits at bus stops in the heat, to know where shade is needed first.",
        "es": "Contar quién espera en las paradas con calor, para saber dónde hace falta sombra.",
        "km": "រាប់អ្នករង់ចាំនៅចំណតឡានក្រុងពេលក្តៅ ដើម្បីដឹងថាកន្លែងណាត្រូវការម្លប់មុនគេ។",
        "tl": "Bilangin ang naghihintay sa mga sakayan kapag mainit, para malaman kung saan"
        " unang kailangan ng lilim.",
    },
    "crossing": {
        "en": "Crossings that say aloud when to walk.",
        "es": "Cruces que dicen en voz alta cuándo caminar.",
        "km": "ផ្លូវឆ្លងដែលប្រាប់ជាសំឡេងពេលណាត្រូវដើរ។",
        "tl": "Mga tawiran na nagsasabi nang malakas kung kailan tatawid.",
    },
    "seats": {
        "en": "Show how many seats are free in each library.",
        "es": "Mostrar cuántos asientos libres hay en cada biblioteca.",
        "km": "បង្ហាញថាមានកៅអីទំនេរប៉ុន្មាននៅបណ្ណាល័យនីមួយៗ។",
        "tl": "Ipakita kung ilan ang bakanteng upuan sa bawat library.",
    },
    "rain": {
        "en": "Rain gauges in parks, so that nobody waters after rain.",
        "es": "Pluviómetros en los parques, para que nadie riegue después de la lluvia.",
        "km": "ឧបករណ៍វាស់ទឹកភ្លៀងក្នុងសួន ដើម្បីកុំឱ្យស្រោចទឹកក្រោយភ្លៀង។",
        "tl": "Mga panukat ng ulan sa mga parke, para walang magdidilig pagkatapos ng ulan.",
    },
    "bikes": {
        "en": "Racks that tell how many bicycles can still stand there.",
        "es": "Soportes que dicen cuántas bicicletas caben todavía.",
        "km": "កន្លែងចតកង់ដែលប្រាប់ថានៅអាចចតបានប៉ុន្មានទៀត។",
        "tl": "Mga paradahan na nagsasabi kung ilang bisikleta pa ang kasya.",
    },
    "bench": {
        "en": "Benches at which a phone can be charged.",
        "es": "Bancos en los que se puede cargar un teléfono.",
        "km": "បង់អង្គុយដែលអាចសាកថ្មទូរសព្ទបាន។",
        "tl": "Mga bangko kung saan puwedeng mag-charge ng telepono.",
    },
    "lost": {
        "en": "One page for what was found in all City buildings.",
        "es": "Una página para lo que se encontró en todos los edificios de la Ciudad.",
        "km": "ទំព័រមួយសម្រាប់របស់ដែលរកឃើញក្នុងអគារទាំងអស់របស់រដ្ឋបាលក្រុង។",
        "tl": "Isang page para sa mga natagpuan sa lahat ng gusali ng Lungsod.",
    },
    "air": {
        "en": "Boards that show how clean the air is at school gates.",
        "es": "Tableros que muestran qué tan limpio está el aire en las puertas de las escuelas.",
        "km": "ក្តារដែលបង្ហាញថាខ្យល់នៅមុខសាលាស្អាតប៉ុណ្ណា។",
        "tl": "Mga board na nagpapakita kung gaano kalinis ang hangin sa harap ng mga paaralan.",
    },
    "doors": {
        "en": "Count who comes through library doors, so that hours follow when people come.",
        "es": "Contar quién entra en las bibliotecas, para ajustar el horario a cuando viene la"
        " gente.",
        "km": "រាប់អ្នកចូលបណ្ណាល័យ ដើម្បីកំណត់ម៉ោងបើកតាមពេលដែលមនុស្សមក។",
        "tl": "Bilangin ang pumapasok sa mga library, para iayon ang oras ng pagbubukas sa dating"
        " ng mga tao.",
    },
}
"""The ideas of sample pitches."""

SUPPORT = {"shade": 34, "rain": 17, "crossing": 12, "bikes": 23, "air": 6, "doors": 41}
"""How often sample pitches were supported; a number below ten is hidden."""

PILOTS = {
    "rain": {"title": "Sample: rain gauges in parks", "data_types": "Sample: millimetres of rain"},
    "doors": {
        "title": "Sample: counters at library doors",
        "data_types": "Sample: how many people in an hour",
    },
}
"""What the entries of sample pilots say besides their ideas."""

BRIEFS = {
    "sample-written": {"en": "A brief that is being written"},
    "sample-in-translation": {
        "en": "A brief that is being translated",
        "es": "Un informe que se está traduciendo",
    },
    "sample-in-review": {
        "en": "A brief that waits for a reviewer",
        "es": "Un informe que espera a quien lo revise",
        "km": "របាយការណ៍ដែលរង់ចាំអ្នកពិនិត្យ",
        "tl": "Isang brief na naghihintay sa tagasuri",
    },
}
"""The titles of sample drafts, by the id of the brief."""

TEXT = {
    "en": "This is a sample of a text.",
    "es": "Este es un ejemplo de texto.",
    "km": "នេះគឺជាគំរូនៃអត្ថបទ។",
    "tl": "Halimbawa ito ng teksto.",
}
"""What sample drafts say."""

SOURCE = {"title": "Sample: a source of a sample text", "kind": "record"}
"""On what they rest."""

ASSESSMENT = {
    "data_types": ["local__count"],
    "data_words": ["Sample: counts per hour."],
    "identifiability": ["none"],
    "cleaned": ["on_device"],
    "storage_where": ["stored_on_3rd_party_cloud"],
    "storage_country": ["Sample country"],
    "access_who": ["city", "available_to_vendor"],
    "access_words": ["Sample: those who mend it."],
    "sells": ["no"],
    "retention_days": ["30"],
    "encrypted_moving": ["all"],
    "encrypted_stored": ["all"],
    "incident_hours": ["24"],
    "uses_ai": ["no"],
    "accurate": ["yes"],
    "public_answers": ["yes"],
    "public_records": ["yes"],
}
"""What a sample vendor answers."""


def annex(words: str) -> bytes:
    """A PDF of one page that says ``words``, in ASCII."""
    drawn = f"BT /F1 18 Tf 40 500 Td ({words}) Tj ET".encode("ascii")
    font = b"/Resources<</Font<</F1 5 0 R>>>>"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R%s>>" % font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(starts)
    return made + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
