using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>Come in by a link that works once, and choose what to sign in with from now on.</summary>
internal sealed class ComeInModel(Gate gate, Proof proof, KnownBrowsers browsers, IDataProtectionProvider protection) : PageModel
{
    private string key = "";

    public string Link { get; private set; } = "";

    /// <summary>Who comes in; null if the link does not work.</summary>
    public Person? Person { get; private set; }

    /// <summary>The key of the app as the form carries it: encrypted, and of use with this link alone.</summary>
    public string Kept { get; private set; } = "";

    /// <summary>Recovery codes, once somebody has come in.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    /// <summary>The key in groups of four, to be typed.</summary>
    public string KeyInGroups => string.Join(' ', key.Chunk(4).Select(c => new string(c)));

    /// <summary>What the app scans, as dark squares in a field of <c>Size</c> by <c>Size</c>: a path of SVG.</summary>
    public (int Size, string Path) Picture
    {
        get
        {
            string name = Uri.EscapeDataString(Person!.SignInName);
            using var code = QRCodeGenerator.GenerateQrCode(
                $"otpauth://totp/FourStrands:{name}?secret={key}&issuer=FourStrands&digits=6",
                QRCodeGenerator.ECCLevel.M
            );
            var path = new StringBuilder();
            for (int y = 0; y < code.ModuleMatrix.Count; y++)
            {
                for (int x = 0; x < code.ModuleMatrix[y].Count; x++)
                {
                    if (code.ModuleMatrix[y][x])
                        path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
            return (code.ModuleMatrix.Count, path.ToString());
        }
    }

    public IActionResult OnGet(string? link)
    {
        Link = link ?? "";
        if (Find())
            NewKey();
        return Page();
    }

    public async Task<IActionResult> OnPost(string? link, string? password, string? again, string? code, string? kept)
    {
        Link = link ?? "";
        if (!Find())
            return Page();
        if (!Read(kept))
        {
            ModelState.AddModelError("code", "The page had been open for too long. Scan the new picture, and remove the earlier one from your app");
            NewKey();
            return Page();
        }
        password ??= "";
        code ??= "";
        if (Passwords.WhyNot(password, Person!) is { } why)
            ModelState.AddModelError("password", why);
        else if (password != again)
            ModelState.AddModelError("again", "The two passwords are not the same");
        if (!await proof.IsCode(Person!, key, code))
            ModelState.AddModelError("code", "These are not the digits that the app shows. If it still does not work, check that your phone's time is right");
        if (!ModelState.IsValid)
            return Page();
        var (credentials, codes) = proof.New(Person!, password, key, code);
        try
        {
            Person = gate.People.ComeIn(Link, credentials);
        }
        catch (PeopleException)
        {
            // Somebody else came in by it meanwhile.
            Person = null;
            return Page();
        }
        Codes = codes;
        browsers.Remember(HttpContext, Person.SignInName);
        await SignedIn.In(HttpContext, gate.People, Person.SignInName);
        return Page();
    }

    private bool Find()
    {
        Person = gate.People.LinkOf(Link) is { Kind: LinkKind.WayIn, Person: { } person } ? person : null;
        return Person is not null;
    }

    private IDataProtector Protector => protection.CreateProtector("authenticator key", Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Link))));

    private void NewKey()
    {
        key = proof.NewKey();
        Kept = Protector.Protect(key);
    }

    private bool Read(string? kept)
    {
        try
        {
            key = Protector.Unprotect(kept ?? "");
            Kept = kept!;
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
