// The story of case 3: a referral, what may be read, an entry, a withdrawal, the log.
using Sisote.Host.House;

namespace Sisote.Host.Tour;

/// <summary>Plays the steps in their order. Each acts as the persons and systems of the story do, over HTTP, and says what it saw.</summary>
internal sealed class Story(RunningHouse house, TourReport report) : IDisposable
{
    private readonly Cast cast = new(house);
    private readonly TourLog log = new(house);
    private readonly Operator contracts = new(house);

    /// <summary>Plays all of it.</summary>
    /// <exception cref="TourBrokenException">Something that the next steps need is not there.</exception>
    internal async Task PlayAsync(CancellationToken cancellation)
    {
        await contracts.EnsureContractAsync("on-behalf", cancellation);
        var referral = new ReferralSteps(house, cast, report, log);
        await referral.ConsentAsync(cancellation);
        await referral.ReferAsync(cancellation);
        await referral.FindAsync(cancellation);

        var reading = new ReadingSteps(cast, report, log);
        await reading.ReadAsync(cancellation);

        var writing = new WritingSteps(cast, report, log, contracts, reading.Patient);
        await writing.WriteAsync(cancellation);
        await writing.WriteTooMuchAsync(cancellation);
        await writing.ContractEndsAsync(cancellation);

        var withdrawal = new WithdrawalSteps(house, cast, report, log, reading.Patient);
        await withdrawal.SeeAndWithdrawAsync(cancellation);
        await withdrawal.ReadAgainAsync(cancellation);

        var proof = new ProofSteps(house, report, log);
        await proof.ReviewAsync(cancellation);
        await proof.VerifyAsync(cancellation);
    }

    /// <inheritdoc />
    public void Dispose() => log.Dispose();
}
