using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Linkage;

namespace FourStrands.Deter.Checks;

/// <summary>A bidder's name in the form in which two spellings of it are one: the same bidder in another tender is the same record.</summary>
internal static class BidderName
{
    private static readonly FrozenDictionary<string, string> _forms = new Dictionary<string, string>
    {
        ["LIMITED"] = "LTD",
        ["LTD"] = "LTD",
        ["PLC"] = "PLC",
        ["LLP"] = "LLP",
        ["LP"] = "LP",
        ["SLP"] = "SLP",
        ["CIC"] = "CIC",
        ["SCIO"] = "SCIO",
        ["CIO"] = "CIO",
        ["INCORPORATED"] = "INC",
        ["INC"] = "INC",
        ["CORPORATION"] = "CORP",
        ["CORP"] = "CORP",
        ["LLC"] = "LLC",
        ["GMBH"] = "GMBH",
        ["AG"] = "AG",
        ["BV"] = "BV",
        ["NV"] = "NV",
        ["SA"] = "SA",
        ["SARL"] = "SARL",
        ["SRL"] = "SRL",
        ["SPA"] = "SPA",
        ["OY"] = "OY",
        ["OYJ"] = "OYJ",
        ["AB"] = "AB",
        ["APS"] = "APS",
    }.ToFrozenDictionary();

    /// <summary>True if the name says that it is a body: it ends in Ltd, LLP, GmbH.</summary>
    public static bool IsBody(string name)
    {
        string[] words = Normal(name).Split(' ');
        return words.Length > 1
            && (_forms.ContainsKey(words[^1]) || words[^1] is "COUNCIL" or "TRUST" or "COMPANY" or "PARTNERSHIP" or "ASSOCIATION" or "CHARITY" or "UNIVERSITY");
    }

    /// <summary>Capitals, single spaces, no punctuation, "and" for an ampersand, one spelling for each company form.</summary>
    public static string Normal(string name)
    {
        string capitals = name.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (char c in capitals + " ")
        {
            if (
                char.IsLetterOrDigit(c)
                || char.IsSurrogate(c)
                || char.GetUnicodeCategory(c)
                    is System.Globalization.UnicodeCategory.NonSpacingMark
                        or System.Globalization.UnicodeCategory.SpacingCombiningMark
            )
            {
                word.Append(c);
            }
            else if (c is '.' or '\'' or '’')
            {
                // L.L.P. is LLP, O'Neil is ONeil.
            }
            else
            {
                if (word.Length > 0)
                    words.Add(_forms.GetValueOrDefault(word.ToString(), word.ToString()));
                word.Clear();
                if (c == '&')
                    words.Add("AND");
            }
        }
        return string.Join(' ', words);
    }

    /// <summary>
    /// Are two names one, but for the company form, which people leave out, and a slip in a letter? A word more or another word is another name.
    /// </summary>
    public static bool AreOne(string left, string right)
    {
        var (a, b) = (Words(left), Words(right));
        if (string.Concat(a) == string.Concat(b))
            return true;
        return a.Length == b.Length && NameComparison.Similarity(SubjectKind.Organisation, string.Join(' ', a), string.Join(' ', b)) >= NearlyTheSame;

        static string[] Words(string name)
        {
            string[] words = Normal(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] without = [.. words.Where(w => !_forms.ContainsKey(w)).SkipWhile((w, i) => i == 0 && w == "THE")];
            return without.Length > 0 ? without : words;
        }
    }

    /// <summary>Names of as many words that are more alike than this differ by a slip of the pen.</summary>
    private const double NearlyTheSame = 0.93;

    /// <summary>
    /// What the bidder's record is keyed by: all that the officer says of it. Another list that says something else has a record of its own, so that no
    /// check depends on what others named, and a judgement of one J. Smith does not carry to another. How the name of a company with a number is spelt
    /// makes no difference.
    /// </summary>
    public static string Key(Bidder bidder) =>
        "bidder-"
        + Digest(
            string.Join(
                '\n',
                bidder.Kind,
                bidder.CompanyNumber.Length > 0 ? Normal(bidder.Name) : bidder.Name,
                bidder.TradingName,
                bidder.CompanyNumber,
                bidder.CharityNumber,
                bidder.Country,
                bidder.Address,
                bidder.Postcode,
                bidder.Phone,
                bidder.Email,
                bidder.Iban,
                bidder.VatNumber,
                bidder.BirthDate
            )
        );

    /// <summary>
    /// What two lines of a list have in common that name one bidder. With a company number: name, country and number. Without one, postcode and birth
    /// date as well.
    /// </summary>
    public static string Same(Bidder bidder)
    {
        string told =
            bidder.CompanyNumber.Length > 0
                ? $"{Normal(bidder.Name)}\n{bidder.Country}\n{bidder.CompanyNumber}"
                : $"{Normal(bidder.Name)}\n{bidder.Country}\n\n{string.Concat(bidder.Postcode.Where(char.IsLetterOrDigit))}\n{bidder.BirthDate}\n{bidder.VatNumber}{(bidder.TradingName.Length > 0 ? "\n" + Normal(bidder.TradingName) : "")}";
        return "bidder-" + Digest($"{bidder.Kind}\n{told}");
    }

    /// <summary>24 characters that stand for a text.</summary>
    public static string Digest(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return Base64Url.EncodeToString(digest[..18]);
    }
}
