using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FourStrands.EndToEnd.Security;

/// <summary>A device that keeps one passkey (WebAuthn, ES256, no attestation), and lies where a test tells it to.</summary>
internal sealed class SoftwarePasskey(string origin, string domain) : IDisposable
{
    private static readonly string[] Transports = ["internal"];

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What the device calls it.</summary>
    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(20);

    /// <summary>Where the browser says it is.</summary>
    public string Origin { get; set; } = origin;

    /// <summary>For whom the device says it signs.</summary>
    public string Domain { get; set; } = domain;

    /// <summary>Whose it says it is.</summary>
    public string Handle { get; set; } = "";

    /// <summary>How often it says that it was used.</summary>
    public uint Uses { get; set; } = 1;

    /// <summary>Did it ask who is there?</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Does the browser say that another site's page asked?</summary>
    public bool IsFramed { get; set; }

    /// <summary>What it signs in place of what it was asked.</summary>
    public string? Challenge { get; set; }

    /// <summary>Does it sign something else?</summary>
    public bool Forges { get; set; }

    public void Dispose() => key.Dispose();

    /// <summary>Answers what a page asked of it to make a passkey.</summary>
    public string Make(string asked)
    {
        using var options = JsonDocument.Parse(asked);
        Handle = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(options.RootElement.GetProperty("user").GetProperty("id").GetString()));
        var point = key.ExportParameters(false).Q;
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        byte[] cose = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Said(0x40), .. new byte[16], 0, (byte)Id.Length, .. Id, .. cose];
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), 0x58, checked((byte)data.Length), .. data];
        return Answer(
            new
            {
                attestationObject = Base64Url.EncodeToString(attestation),
                clientDataJSON = Base64Url.EncodeToString(Client("webauthn.create", options)),
                transports = Transports,
            }
        );
    }

    /// <summary>Answers what a page asked of it to sign in.</summary>
    public string Sign(string asked)
    {
        using var options = JsonDocument.Parse(asked);
        Uses++;
        byte[] data = Said(0),
            client = Client("webauthn.get", options);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        if (Forges)
            signed[^1] ^= 1;
        return Answer(
            new
            {
                authenticatorData = Base64Url.EncodeToString(data),
                clientDataJSON = Base64Url.EncodeToString(client),
                signature = Base64Url.EncodeToString(key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
                userHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Handle)),
            }
        );
    }

    private string Answer(object response)
    {
        string id = Base64Url.EncodeToString(Id);
        return JsonSerializer.Serialize(
            new
            {
                id,
                rawId = id,
                type = "public-key",
                authenticatorAttachment = "platform",
                clientExtensionResults = new { },
                response,
            }
        );
    }

    private byte[] Client(string type, JsonDocument asked) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type,
                challenge = Challenge ?? asked.RootElement.GetProperty("challenge").GetString(),
                origin = Origin,
                crossOrigin = IsFramed,
            }
        );

    /// <summary>For whom, who was there, and the count.</summary>
    private byte[] Said(byte more)
    {
        byte[] count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Uses);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), (byte)(0x01 | (Verifies ? 0x04 : 0) | more), .. count];
    }

    private static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];
}
