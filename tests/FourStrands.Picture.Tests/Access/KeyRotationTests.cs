using System.Security.Cryptography;
using Xunit;

namespace FourStrands.Picture.Tests.Access;

/// <summary>The key that what people sign in with is encrypted with is replaced; nothing of the old one is left, and nobody notices.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private static readonly Viewer Machine = Viewer.BuiltIn[0] with { Roles = [] };

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-keys-").FullName;

    private string Vault => Path.Combine(folder, "keys", "vault");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Everything_is_read_with_the_new_key_and_the_old_one_is_gone()
    {
        string name,
            wayIn;
        byte[] old;
        using (var gate = Gate.Open(folder))
        {
            var (person, secret) = gate.People.SetUp(gate.People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
            gate.People.ComeIn(secret, new Credentials(person.Id) { PasswordHash = "hash" });
            name = person.SignInName;
            wayIn = gate.People.NewWayInFor(name, Machine);
            old = File.ReadAllBytes(Vault);
            Assert.Equal(32, old.Length);
            var (values, keys) = gate.People.RotateKeyFromMachine(Machine);
            Assert.True(values >= 2);
            Assert.Equal(1, keys);
            Assert.NotNull(gate.People.LinkOf(wayIn));
        }
        byte[] now = File.ReadAllBytes(Vault);
        Assert.Equal(64, now.Length);
        Assert.Equal(-1, now.AsSpan().IndexOf(old));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Vault));
        // Nor is it in what is free of the disk now: each file that was replaced is overwritten.
        for (int round = 0; round < 3; round++)
        {
            using var replaced = new FileStream(Vault, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var gate = Gate.Open(folder);
            Assert.NotNull(gate.People.LinkOf(wayIn));
            Assert.True(gate.People.ViewerOf(name)!.May(Power.Administer));
            gate.People.RotateKeyFromMachine(Machine);
            var left = new byte[replaced.Length];
            replaced.ReadExactly(left);
            Assert.False(left.AsSpan().ContainsAnyExcept((byte)0));
        }
        using (var gate = Gate.Open(folder))
            Assert.NotNull(gate.People.LinkOf(wayIn));
        // The old key opens nothing any more.
        File.WriteAllBytes(Vault, old);
        Assert.Throws<StoreException>(() => Gate.Open(folder).Dispose());
    }

    [Fact]
    public void Broken_off_with_both_keys_there_everything_can_be_read_and_it_is_done_again()
    {
        string wayIn;
        using (var gate = Gate.Open(folder))
        {
            var (person, secret) = gate.People.SetUp(gate.People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
            gate.People.ComeIn(secret, new Credentials(person.Id) { PasswordHash = "hash" });
            wayIn = gate.People.NewWayInFor(person.SignInName, Machine);
        }
        // As after the new key was kept, and before anything was encrypted with it.
        File.WriteAllBytes(Vault, [.. File.ReadAllBytes(Vault), .. RandomNumberGenerator.GetBytes(32)]);
        using (var gate = Gate.Open(folder))
        {
            Assert.NotNull(gate.People.LinkOf(wayIn));
            Assert.Equal(2, gate.People.RotateKeyFromMachine(Machine).Keys);
            Assert.NotNull(gate.People.LinkOf(wayIn));
        }
        using (var gate = Gate.Open(folder))
            Assert.NotNull(gate.People.LinkOf(wayIn));
    }
}
