namespace ClosedLoop.Mail.Bounces;

internal static class VocabulariesOfEurope
{
    public static Vocabulary[] West { get; } =
    [
        new() // English
        {
            Mailbox = ["user", "recipient", "addressee", "mailbox", "mail box", "account", "address|", "alias|", "person|", "employee", "subscriber", "customer|", "destination address", "rcpt", "one here"],
            Gone =
            [
                "unknown", "not known", "not found", "not exist", "n't exist", "doesnt exist", "not existing", "non-exist", "nonexist", "non exist", "inexist", "no exist", "no such", "no longer", "not registered", "not defined", "invalid", "not valid", "n't valid",
                "been deleted", "been removed", "been disconnected", "been terminated", "not recogni", "not be found", "n't be found", "cannot find", "can not find", "can't find", "could not find", "unable to find", "couldn't find", "n't verify", "not verify", "unable to verify", "not be verified", "verification failed",
                "not local", "not present", "does not live", "not configured", "not served", "n't have a", "not have a", "no one", "nobody", "not a valid", "not one of", "not a current", "misspelled", "missing or invalid", "incorrect", "not in directory", "not in our", "not in my validrcptto", "not in recipient map", "don't know", "do not know", "not a known", "not available here",
            ],
            Others = ["sender ", "sender's ", "senders ", "ip ", "ip-", "from ", "client ", "host ", "helo ", "envelope ", "source ", "originating ", "return ", "reply ", "reverse ", "sending ", "server ", "sender email ", "sender e-mail ", "sender mail ", "your ", "your email ", "your e-mail ", "network ", "mac "],
        },
        new() // German
        {
            Mailbox = ["empfanger", "empfaenger", "benutzer", "nutzer", "postfach", "adresse", "anwender", "mailbox", "konto", "account", "teilnehmer"],
            Gone = ["unbekannt", "nicht bekannt", "existiert nicht", "nicht existent", "nicht gefunden", "nicht vorhanden", "nicht mehr", "ungultig", "ungueltig", "kein solche", "gibt es nicht", "nicht registriert", "existieren nicht"],
            Full = ["voll|", "uberfull", "ueberfuell", "speicherplatz", "speichervolumen", "quota", "kein platz"],
            Closed = ["gesperrt", "deaktiviert", "inaktiv", "stillgelegt", "geschlossen"],
            Domain = ["domain", "domane", "host|", "rechner"],
        },
        new() // French
        {
            Mailbox = ["destinataire", "utilisateur", "adresse", "boite", "compte", "usager", "abonne"],
            Gone = ["inconnu", "n'existe p", "existe pas", "n existe pas", "invalide", "inexistant", "introuvable", "non trouve", "pas valide", "supprime"],
            Full = ["pleine", "plein|", "quota", "sature", "depasse"],
            Closed = ["bloque", "suspendu", "desactive", "ferme", "inactif", "inactive", "resilie"],
            Domain = ["domaine"],
        },
        new() // Italian
        {
            Mailbox = ["utente", "casella", "indirizzo", "destinatario", "account", "mailbox", "recipient"],
            Gone = ["sconosciut", "inesistent", "non esist", "non trovat", "non valid", "non conosciut"],
            Full = ["piena", "pieno", "quota", "superat"],
            Closed = ["disabilitat", "sospes", "bloccat", "disattivat", "non attiv", "non e' attiv"],
            Domain = ["dominio"],
        },
        new() // Spanish
        {
            Mailbox = ["usuario", "destinatario", "cuenta", "buzon", "direccion", "casilla"],
            Gone = ["desconocid", "no existe", "inexistent", "no encontrad", "no se encuentra", "no se encontr", "no se ha encontrado", "no valid", "invalid", "no es valid"],
            Full = ["lleno", "llena", "cuota", "excedid", "sin espacio"],
            Closed = ["suspendid", "bloquead", "desactivad", "deshabilitad", "inactiv", "cancelad"],
            Domain = ["dominio"],
        },
        new() // Portuguese
        {
            Mailbox = ["usuario", "utilizador", "destinatario", "conta|", "caixa", "endereco"],
            Gone = ["desconhecid", "inexistent", "nao exist", "nao encontrad", "nao foi encontrad", "nao cadastrad", "invalid", "nao e valid"],
            Full = ["cheia", "cheio", "cota|", "excedid", "sem espaco"],
            Closed = ["bloquead", "suspens", "desativad", "desabilitad", "inativ", "cancelad"],
            Domain = ["dominio"],
        },
        new() // Dutch
        {
            Mailbox = ["gebruiker", "ontvanger", "adres", "postbus", "postvak", "mailbox", "account"],
            Gone = ["onbekend", "bestaat niet", "niet gevonden", "ongeldig", "niet bekend", "bestaat niet meer"],
            Full = ["vol|", "quota"],
            Closed = ["geblokkeerd", "uitgeschakeld", "opgeheven", "inactief"],
            Domain = ["domein"],
        },
    ];

    public static Vocabulary[] NorthAndEast { get; } =
    [
        new() // Swedish, Danish, Norwegian
        {
            Mailbox = ["anvandare", "mottagare", "adress", "bruger", "modtager", "bruker", "mottaker", "konto", "postkasse", "brevlada", "postlada"],
            Gone = ["finns inte", "okand", "hittades inte", "saknas", "ukendt", "findes ikke", "finnes ikke", "eksisterer ikke", "ukjent", "ikke funnet", "ikke fundet", "ogiltig", "ugyldig"],
            Full = ["full|", "fuld|", "fullt|"],
            Closed = ["avstangd", "sparrad", "inaktiv", "lukket", "sperret", "deaktivert", "deaktiveret"],
            Domain = ["doman", "domaene", "domene"],
        },
        new() { Mailbox = ["kayttaja", "vastaanottaja", "osoite", "postilaatikko"], Gone = ["tuntematon", "ei ole olemassa", "ei loydy", "virheellinen"], Full = ["taynna"], Closed = ["suljettu"] }, // Finnish
        new() // Polish
        {
            Mailbox = ["uzytkownik", "adresat", "adres|", "konto", "konta|", "skrzynk", "odbiorc"],
            Gone = ["nie istnieje", "nieznan", "nie ma takiego", "nie ma takiej", "nie znaleziono", "nieistniej", "niepoprawn", "nieprawidlow"],
            Full = ["pelna", "przepelnion", "przekroczon", "zapelnion"],
            Closed = ["zablokowan", "zawieszon", "nieaktywn", "wylaczon"],
            Domain = ["domena", "domeny"],
        },
        new() { Mailbox = ["uzivatel", "schrank", "prijemce", "adresat", "adresa", "ucet|", "pouzivatel"], Gone = ["neexistuje", "neznam", "nenalezen", "neplatn", "nebol najden"], Full = ["plna|", "prekrocen"], Closed = ["zablokovan", "zrusen", "neaktivn"], Domain = ["domena"] }, // Czech, Slovak
        new() { Mailbox = ["felhasznalo", "cimzett", "postafiok", "cim|"], Gone = ["ismeretlen", "nem letezik", "nem talalhato", "ervenytelen"], Full = ["megtelt", "tele|"], Closed = ["felfuggesztett", "letiltott"] }, // Hungarian
        new() { Mailbox = ["kullanici", "alici", "hesap", "hesab", "adres", "posta kutusu"], Gone = ["bulunamadi", "bilinmeyen", "bilinmiyor", "gecersiz", "mevcut degil", "yok|", "tanimli degil"], Full = ["dolu|", "kota"], Closed = ["kapali", "askiya", "devre disi"] }, // Turkish
        new() { Mailbox = ["utilizator", "destinatar", "adresa", "cont|", "contul"], Gone = ["necunoscut", "nu exista", "inexistent", "invalid"], Full = ["plina", "plin|"], Closed = ["suspendat", "dezactivat", "blocat"] }, // Romanian
        new() // Russian
        {
            Mailbox = ["пользовател", "получател", "адрес", "ящик", "абонент", "учетная запись", "учётная запись", "аккаунт"],
            Gone = ["не найден", "не существует", "неизвест", "нет такого", "нет|", "не зарегистрирован", "несуществующ", "отсутствует", "не обнаружен", "неверн", "недействител"],
            Full = ["переполнен", "заполнен", "превышен", "квот"],
            Closed = ["заблокирован", "отключен", "отключён", "приостановлен", "неактивен"],
            Domain = ["домен"],
        },
        new() // Ukrainian
        {
            Mailbox = ["користувач", "одержувач", "отримувач", "скриньк", "адрес", "абонент"],
            Gone = ["не знайдено", "не знайдений", "не існує", "невідом", "немає", "не зареєстрован"],
            Full = ["переповнен", "заповнен"],
            Closed = ["заблокован", "вимкнен"],
            Domain = ["домен"],
        },
        new() { Mailbox = ["χρήστης", "παραλήπτης", "διεύθυνση"], Gone = ["άγνωστος", "δεν υπάρχει", "δεν βρέθηκε"] }, // Greek
    ];
}
