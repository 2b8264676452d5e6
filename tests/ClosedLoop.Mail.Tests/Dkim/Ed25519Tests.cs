using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClosedLoop.Mail.Dkim;

namespace ClosedLoop.Mail.Tests.Dkim;

public sealed class Ed25519Tests
{
    /// <summary>RFC 8032 section 7.1: tests 1, 2 and 3.</summary>
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Vectors_of_rfc_8032_come_out(string seed, string publicKey, string message, string signature)
    {
        var key = new Ed25519PrivateKey(Convert.FromHexString(seed));
        var made = new byte[64];

        key.Sign(Convert.FromHexString(message), made);

        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey));
        Assert.Equal(signature, Convert.ToHexStringLower(made));
    }

    /// <summary>RFC 8463 appendix A: the header canonicalized and hashed here, signed with the key given there.</summary>
    [Fact]
    public void Example_of_rfc_8463_comes_out()
    {
        string[] signed =
        [
            "From: Joe SixPack <joe@football.example.com>\r\n",
            "To: Suzie Q <suzie@shopping.example.net>\r\n",
            "Subject: Is dinner ready?\r\n",
            "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n",
            "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n",
            "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : message-id : from : subject : date;\r\n bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=",
        ];
        var canonical = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var field in signed)
        {
            RelaxedHeader.Write(Encoding.ASCII.GetBytes(field), field.IndexOf(':', StringComparison.Ordinal), canonical);
            if (field != signed[^1])
                System.Buffers.BuffersExtensions.Write(canonical, "\r\n"u8);
        }

        using var body = new RelaxedBody();
        var bodyHash = new byte[32];
        body.Hash("Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n\r\n"u8, bodyHash);
        var signature = new byte[64];
        new Ed25519PrivateKey(Convert.FromBase64String("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")).Sign(SHA256.HashData(canonical.WrittenSpan), signature);

        Assert.Equal("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=", Convert.ToBase64String(bodyHash));
        Assert.Equal("/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==", Convert.ToBase64String(signature));
    }

    [NeedsPythonFact("nacl")]
    public async Task Signatures_equal_those_of_libsodium()
    {
        const string script = """
            import sys, json, nacl.signing
            for number, line in enumerate(sys.stdin):
                want = json.loads(line)
                key = nacl.signing.SigningKey(bytes.fromhex(want['seed']))
                if key.verify_key.encode().hex() != want['public']: print(number, 'public key')
                if key.sign(bytes.fromhex(want['message'])).signature.hex() != want['signature']: print(number, 'signature')
            print('done', number + 1)
            """;
        const int seed = 8032;
        var random = new Random(seed);
        var lines = Enumerable.Range(0, 2000).Select(i =>
        {
            var secret = new byte[32];
            var message = new byte[random.Next(200)];
            random.NextBytes(secret);
            random.NextBytes(message);
            if (i < 32)
                Array.Fill(secret, (byte)(i * 8));
            var key = new Ed25519PrivateKey(secret);
            var signature = new byte[64];
            key.Sign(message, signature);
            return new JsonObject { ["seed"] = Convert.ToHexString(secret), ["message"] = Convert.ToHexString(message), ["public"] = Convert.ToHexStringLower(key.PublicKey), ["signature"] = Convert.ToHexStringLower(signature) }.ToJsonString();
        });

        Assert.Equal("done 2000", await PythonReader.RunAsync(script, lines));
    }
}
