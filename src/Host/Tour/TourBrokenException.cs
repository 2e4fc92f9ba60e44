// The tour cannot go on.
namespace Sisote.Host.Tour;

/// <summary>Something that the next steps need is not there; the tour ends and says what.</summary>
/// <param name="message">What is missing.</param>
internal sealed class TourBrokenException(string message) : Exception(message);
