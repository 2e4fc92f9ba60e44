// The story's middle: Aino has consented, the doctor has referred her, the counsellor has accepted.
namespace Sisote.Tests.EndToEnd.House;

/// <summary>A running Sisote in which Aino's referral is accepted; tests of this collection change nothing about her.</summary>
public sealed class ReferredHouse : RunningSisote
{
    /// <summary>What the counsellor's system was answered about Aino after her consent and before the referral.</summary>
    internal Answer BeforeReferral { get; private set; } = null!;

    /// <summary>The register's handle of Aino.</summary>
    internal string Handle { get; private set; } = null!;

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.ConsentAsync("aino");
        BeforeReferral = await FindAsync(Aino);
        Assert.Equal("delivered", await this.ReferAsync(Aino));
        await this.AcceptAsync("Aaltonen");
        Handle = await HandleAsync(Aino);
    }
}

/// <summary>Tests that share one such house.</summary>
[CollectionDefinition(Name)]
public sealed class Referred : ICollectionFixture<ReferredHouse>
{
    internal const string Name = "referred";
}
